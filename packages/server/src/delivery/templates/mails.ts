import { type Block, code, link, type MailTemplates, say } from './content.ts'
import { inUnits } from './format.ts'
import { isolate } from './isolate.ts'
import { noticeTemplates } from './notices.ts'
import { quote } from './quote.ts'
import type { Words } from './words.ts'

/** What each mail consists of, whatever its language. */
export const mailTemplates: MailTemplates = {
  email_confirmation({ email, url, key, isSignup }, words, site) {
    const { title, button, enterKey, elseIgnore } = words.confirmation
    const why = whyConfirm(words, { email, isSignup, site })
    return { title, blocks: [why, ...by({ url, button, key, enterKey }), say(elseIgnore)] }
  },

  email_verification_code({ email, code: secret, minutes, isSignup }, words, site) {
    const { titleByCode, enterCode, codeWorks, elseIgnore } = words.confirmation
    const duration = inUnits(minutes, 'minute', words.language)
    return {
      title: titleByCode,
      blocks: [
        whyConfirm(words, { email, isSignup, site }),
        say(enterCode),
        code(secret),
        say(codeWorks({ duration })),
        say(elseIgnore),
      ],
    }
  },

  account_already_exists({ email, resetUrl }, { alreadyExists: words }, site) {
    return {
      title: words.title,
      blocks: [
        say(words.tried({ site, email: isolate(email) })),
        say(words.signIn),
        say(words.forgotten),
        ...link(resetUrl, words.button),
        say(words.elseNothing),
      ],
    }
  },

  unknown_account({ email, signupUrl }, { unknownAccount: words }, site) {
    return {
      title: words.title,
      blocks: [
        say(words.tried({ site, email: isolate(email) })),
        say(words.noAccount),
        ...link(signupUrl, words.button),
        say(words.elseIgnore),
      ],
    }
  },

  login_code({ code: secret, minutes }, words, site) {
    const { title, enterCode, elseIgnore } = words.loginCode
    const duration = inUnits(minutes, 'minute', words.language)
    return {
      title,
      blocks: [
        say(enterCode({ site })),
        code(secret),
        say(words.codeWorksOnce({ duration })),
        say(elseIgnore),
      ],
    }
  },

  password_reset_link({ url, key, username, days }, words, site) {
    const { title, asked, button, enterKey, linkWorks, elseIgnore } = words.passwordReset
    const duration = inUnits(days, 'day', words.language)
    const name = username ? quote(username, words) : ''
    return {
      title,
      blocks: [
        say(asked({ site })),
        ...(name ? [say(words.passwordReset.username({ username: name }))] : []),
        ...by({ url, button, key, enterKey }),
        ...(url || key ? [say(linkWorks({ duration }))] : []),
        say(elseIgnore),
      ],
    }
  },

  password_reset_code({ code: secret, minutes }, words, site) {
    const { title, asked, enterCode, elseIgnore } = words.passwordReset
    const duration = inUnits(minutes, 'minute', words.language)
    return {
      title,
      blocks: [
        say(`${asked({ site })} ${enterCode}`),
        code(secret),
        say(words.codeWorksOnce({ duration })),
        say(elseIgnore),
      ],
    }
  },

  ...noticeTemplates,
}

function whyConfirm(
  { confirmation }: Words,
  { email, isSignup, site }: { email: string; isSignup: boolean; site: string },
): Block {
  const why = isSignup ? confirmation.welcome : confirmation.wanted
  return say(why({ site, email: isolate(email) }))
}

/** A link or, where no page is configured, a key. */
function by({
  url,
  button,
  key,
  enterKey,
}: {
  url: string | undefined
  button: string
  key: string | undefined
  enterKey: string
}): Block[] {
  if (url) return link(url, button)
  return key ? [say(enterKey), code(key)] : []
}
