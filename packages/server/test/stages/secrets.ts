// Codes and keys in messages: asking for them, and sending them back.
import { isCode, isUsableIn, type Person, type Played, type Secret } from './people.ts'
import { ask, at, rightly, type Turn } from './turn.ts'

type Purpose = Secret['purpose']

/** The newest to somebody: one for the login that waits, if there is one. */
export function newestSecret({ world, slot, person }: Turn, purpose: Purpose): Secret | undefined {
  const own = world.secrets.filter((it) => it.purpose === purpose && isTo(person, it))
  const ofLogin = own.filter((it) => slot.logins.some((login) => it.logins.has(login)))
  return ofLogin.at(-1) ?? own.at(-1)
}

/** One that must not work: of another login, an older one, somebody else's, or for something else. */
export function wrongSecret({ world, slot, person, choice }: Turn, purpose: Purpose) {
  const alike = world.secrets.filter((it) => it.purpose === purpose)
  const isOfLogin = (it: Secret) => slot.logins.some((login) => it.logins.has(login))
  const kinds = [
    alike.filter((it) => !isTo(person, it)),
    alike.filter((it) => isTo(person, it) && !isOfLogin(it)),
    alike.filter((it) => isOfLogin(it) && it.isOver),
    world.secrets.filter((it) => isTo(person, it) && it.purpose !== purpose),
  ]
  const found = kinds.filter((it) => it.length > 0)
  return found.length > 0 ? at(found, choice).at(-1) : undefined
}

function isTo({ email, phone }: Person, { to }: Secret): boolean {
  return to === email || to === phone
}

/** Sends a code to log in. */
export async function sendLoginCode(turn: Turn, secret: Secret | undefined): Promise<Played> {
  const { slot, world } = turn
  const isFresh = secret?.isOver === false
  const answer = await slot.client.post('auth/code/confirm', { code: textOf(secret) })
  const proves = (isAlone: boolean) => {
    const logins = slot.logins.filter((it) => isFresh && secret.logins.has(it))
    const person = secret && world.ownerOf(secret)
    if (!person || logins.length === 0) return
    for (const login of logins) login.proofs.add('code')
    const isFirst = !world.isCrowded && !person.isEmailVerified && logins[0]?.way === 'code'
    if (logins.some(({ way }) => way === 'password')) person.isPasswordDoubtful = false
    // Whoever signed up with the address may have been somebody else.
    else if (isFirst) person.isPasswordDoubtful = person.passwordHash !== null
    person.isEmailVerified = true
    secret.isOver ||= isAlone
  }
  return { slot, text: `send ${described(secret)}`, answer, proves }
}

/** Sends a code or key to verify an address. */
export async function sendEmailKey({ slot, world }: Turn, secret?: Secret): Promise<Played> {
  const isRight = isUsableIn(slot, secret)
  const answer = await slot.client.post('auth/email/verify', { key: textOf(secret) })
  const proves = (isAlone: boolean) => {
    const person = isRight && world.ownerOf(secret)
    if (!person) return
    person.isEmailVerified = true
    secret.isOver ||= isAlone
  }
  return { slot, text: `send ${described(secret)} ${rightly(isRight)}`, answer, proves }
}

/** Sends a code to verify a number. */
export async function sendPhoneCode({ slot, world }: Turn, secret?: Secret): Promise<Played> {
  const isRight = isUsableIn(slot, secret)
  const answer = await slot.client.post('auth/phone/verify', { code: textOf(secret) })
  const proves = () => {
    const person = isRight && world.ownerOf(secret)
    if (person) person.isPhoneVerified = true
  }
  return { slot, text: `send ${described(secret)} ${rightly(isRight)}`, answer, proves }
}

/** Asks for the code that is waited for once more. */
export function askAgain(turn: Turn): Promise<Played> {
  const { stage } = turn.slot
  if (stage === 'verify_email') return ask(turn, 'POST', 'auth/email/verify/resend')
  if (stage === 'verify_phone') return ask(turn, 'POST', 'auth/phone/verify/resend')
  return ask(turn, 'POST', 'auth/code/resend')
}

export async function askForReset({ slot, person }: Turn): Promise<Played> {
  const answer = await slot.client.post('auth/password/request', { email: person.email })
  return { slot, text: `ask for a reset for ${person.name}`, answer }
}

/** Sends a code or key with a new password. */
export async function resetPassword({ slot, world }: Turn, secret?: Secret): Promise<Played> {
  const password = world.newPassword()
  const isRight = isUsableIn(slot, secret)
  const person = (isRight && world.ownerOf(secret)) || null
  // Who is signed in as somebody else stays so; but of several requests at once, another one may change that.
  const mayBegin = !slot.user || slot.user === person || world.isCrowded
  const isLogin = world.settings.account.loginOnPasswordReset && mayBegin
  const answer = await slot.client.post('auth/password/reset', { key: textOf(secret), password })
  return {
    slot,
    text: `reset by ${described(secret)} ${rightly(isRight)}`,
    answer,
    begins: isLogin ? { user: person, way: 'reset' } : undefined,
    sets: person ? { person, password, isReset: true } : undefined,
    proves() {
      // A link proves as much, but verifies nothing.
      if (person && isRight && isCode(secret)) person.isEmailVerified = true
    },
  }
}

function textOf(secret: Secret | undefined): string {
  return secret?.text ?? 'BBBB-BBBB'
}

function described(secret: Secret | undefined): string {
  return secret ? `the ${secret.purpose} key to ${secret.to}` : 'a wrong key'
}
