import type { Facts } from './facts.ts'

/** Words of the contract's descriptions that do not hold under all settings. */
interface Sentence {
  /** As the contract has them, whatever the line breaks. */
  text: string
  holds(facts: Facts): boolean
  /** What is said where they do not hold. @defaultValue '' */
  otherwise?: string
}

const forApps = ({ takes }: Facts) => takes('app')
const forBrowsers = ({ takes }: Facts) => takes('browser')
const forBoth = (facts: Facts) => forApps(facts) && forBrowsers(facts)
const never = () => false

export const sentences: readonly Sentence[] = [
  {
    text: 'The segment `{client}` says who is calling, a `browser` or an `app`.',
    holds: forBoth,
  },
  {
    text: 'A browser keeps its session in a cookie and sends the CSRF token from the `csrftoken` cookie as `X-CSRFToken` with every unsafe request.',
    holds: forBrowsers,
  },
  {
    text: 'An app sends the newest `meta.session_token` it received as `X-Session-Token`, and never gets cookies.',
    holds: forApps,
  },
  {
    text: 'Where the server issues tokens, an app may also send `Authorization: Bearer` with an access token.',
    holds: ({ hasTokens }) => hasTokens,
  },
  {
    text: '410 goes to apps only, and means that the session behind the token is over: forget the token and start anew.',
    holds: forApps,
  },
  {
    text: '403 for a missing or wrong CSRF token or a foreign `Origin`;',
    holds: forBrowsers,
  },
  { text: 'Browsers have a cookie instead.', holds: forBrowsers },
  { text: 'Only apps get this.', holds: forBoth },
  {
    text: 'Tokens appear for apps only, and only when they are new:',
    holds: forBoth,
    otherwise: 'Tokens appear only when they are new:',
  },
  {
    text: 'An app that has no session yet gets one, in `meta.session_token`.',
    holds: forApps,
  },
  { text: ', and the token of a session if one was opened.', holds: forApps, otherwise: '.' },
  {
    text: 'The password and one of the others; `login_methods` of the configuration tells which are taken.',
    holds: ({ settings }) => settings.account.loginMethods.length > 1,
    otherwise: 'Who signs in, and the password.',
  },
  {
    text: 'Which of these are wanted, and which are needed, depends on the settings.',
    holds: never,
    otherwise: 'What a new account is made of.',
  },
  { text: 'Sites may have further fields.', holds: never },
  {
    text: 'The address once more, where the site asks for it twice.',
    holds: never,
    otherwise: 'The address once more.',
  },
  {
    text: 'May be left out where the site allows accounts without.',
    holds: ({ settings }) => settings.account.signupFields.password1 === 'optional',
    otherwise: 'The password of the new account.',
  },
]

const patterns = new Map(sentences.map(({ text }) => [text, patternOf(text)]))

/** A description without what does not hold. */
export function trueDescription(description: string, facts: Facts): string {
  const told = sentences
    .filter(({ holds }) => !holds(facts))
    .reduce((text, { text: words, otherwise = '' }) => {
      return text.replace(patterns.get(words) ?? words, () => otherwise)
    }, description)
  if (told === description) return description
  const paragraphs = told.split(/\n{2,}/).map((it) => it.replace(/\s+/g, ' ').trim())
  return paragraphs.filter((it) => it !== '').join('\n\n')
}

/** Finds the words wherever lines are broken. */
export function patternOf(words: string): RegExp {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(escaped.replaceAll(' ', '\\s+'))
}
