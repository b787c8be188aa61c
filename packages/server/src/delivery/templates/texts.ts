import type { Sms } from '../messages.ts'
import { inUnits } from './format.ts'
import { isolate } from './isolate.ts'
import type { SmsParams } from './params.ts'
import type { Words } from './words.ts'

/** One function for each text message. `site` is ready to be put among words. */
export type SmsTemplates = {
  [Template in keyof SmsParams]: (
    params: SmsParams[Template],
    words: Words,
    site: string,
  ) => Pick<Sms, 'code' | 'text'>
}

/** What each text message consists of, whatever its language. */
export const smsTemplates: SmsTemplates = {
  phone_verification_code: ({ code, minutes }, { sms, language }, site) => {
    const duration = inUnits(minutes, 'minute', language)
    return { code, text: sms.phoneCode({ code: isolate(code), site, duration }) }
  },
  login_code: ({ code, minutes }, { sms, language }, site) => {
    const duration = inUnits(minutes, 'minute', language)
    return { code, text: sms.loginCode({ code: isolate(code), site, duration }) }
  },
  unknown_account: ({ signupUrl }, { sms }, site) => {
    const text = sms.unknownAccount({ site })
    return { code: null, text: signupUrl ? `${text} ${sms.signUp({ url: signupUrl })}` : text }
  },
  account_already_exists: (_, { sms }, site) => ({ code: null, text: sms.alreadyExists({ site }) }),
}
