import type { SmsTemplates } from '../locale.ts'
import { inMinutes } from './phrases.ts'

/** The text messages: plain letters, and short enough for one part where the site's name is. */
export const smsTexts: SmsTemplates = {
  phone_verification_code: ({ code, minutes }, { siteName }) => ({
    code,
    text: `${code} is your ${siteName} confirmation code, good for ${inMinutes(minutes)}. Do not give it to anybody.`,
  }),
  login_code: ({ code, minutes }, { siteName }) => ({
    code,
    text: `${code} is your ${siteName} login code, good for ${inMinutes(minutes)}. Do not give it to anybody.`,
  }),
  unknown_account: ({ signupUrl }, { siteName }) => ({
    code: null,
    text: `No account at ${siteName} has this phone number.${signupUrl ? ` Sign up: ${signupUrl}` : ''}`,
  }),
  account_already_exists: (_, { siteName }) => ({
    code: null,
    text: `Somebody, probably you, tried to sign up at ${siteName} with this phone number. It has an account already, so you can simply sign in.`,
  }),
}
