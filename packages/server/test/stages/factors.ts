// Second factors and passkeys: showing them, setting them up, and trust in their place.
import { Secret as Base32, TOTP } from 'otpauth'
import type { TestAnswer } from '../../src/testing/client.ts'
import { type RequestTampering, SecurityKey } from '../../src/testing/security-key.ts'
import { isAccepted, type Person, type Played, type Slot, stageOf } from './people.ts'
import { ask, rightly, signedInPerson, type Turn } from './turn.ts'

/** What a factor is shown for. */
type Use = 'authenticate' | 'reauthenticate'

const totpPeriod = 30

/** The code of an authenticator app at the time step. */
export async function showAppCode(
  turn: Turn,
  step: number | undefined,
  use: Use = 'authenticate',
): Promise<Played> {
  const { slot, person, world } = turn
  const { app } = person
  const away = Math.abs((step ?? Number.NaN) - currentStep(turn))
  const isRight = app !== null && away <= world.settings.mfa.totpTolerance
  const code = app && step !== undefined ? appCode(app.secret, step) : '000000'
  const isUnused = step !== undefined && app?.used.has(step) === false
  const answer = await slot.client.post(`auth/2fa/${use}`, { code })
  const spend = (isSure: boolean) => {
    if (!isRight || step === undefined || app.used.has(step)) return false
    if (isSure) app.used.add(step)
    return true
  }
  const text = `${use} by app code ${step} of ${person.name} ${rightly(isRight && isUnused)}`
  return { slot, text, answer, proves: provesFactor(turn, answer, { use, spend }) }
}

/** A time step whose code is good and unused, one whose code was used, or one that is too old. */
export function appStep(turn: Turn, kind: 'unused' | 'used' | 'old'): number | undefined {
  const used = turn.person.app?.used ?? new Set()
  const now = currentStep(turn)
  const { totpTolerance } = turn.world.settings.mfa
  if (kind === 'old') return now - totpTolerance - 1
  const good = totpTolerance > 0 ? [now, now - 1, now + 1] : [now]
  return (
    good.find((step) => used.has(step) === (kind === 'used')) ?? (kind === 'used' ? undefined : now)
  )
}

function currentStep({ world }: Turn): number {
  return Math.floor(world.now / 1000 / totpPeriod)
}

function appCode(secret: string, step: number): string {
  const totp = new TOTP({ secret: Base32.fromBase32(secret), digits: 6, period: totpPeriod })
  return totp.generate({ timestamp: step * totpPeriod * 1000 })
}

/** The first recovery code that was not used, or that was. */
export async function showRecoveryCode(
  turn: Turn,
  { isUsed }: { isUsed: boolean },
): Promise<Played> {
  const { slot, person } = turn
  const { recovery } = person
  const code = recovery?.codes.find((it) => recovery.used.has(it) === isUsed)
  const answer = await slot.client.post('auth/2fa/authenticate', { code: code ?? '00000000' })
  const spend = (isSure: boolean) => {
    if (!recovery || code === undefined || recovery.used.has(code)) return false
    if (isSure) recovery.used.add(code)
    return true
  }
  const text = `authenticate by a recovery code of ${person.name} ${rightly(!isUsed && code !== undefined)}`
  const proves = provesFactor(turn, answer, { use: 'authenticate', spend })
  return { slot, text, answer, proves }
}

/** A key, for the challenge that the session asks for now, or for another one. */
export async function useKey(
  turn: Turn,
  { challenge, use = 'authenticate' }: { challenge?: string; use?: Use } = {},
): Promise<Played> {
  const { slot, person, choice } = turn
  const path = `auth/webauthn/${use}`
  const own = challenge ?? (await getChallenge(turn, path))
  const key = person.keys.at(choice % Math.max(1, person.keys.length))?.key
  const { answer, isSigned } = await signChallenge(turn, path, { challenge: own, key })
  const text = `${use} by a key of ${person.name} ${rightly(isSigned)}`
  return { slot, text, answer, proves: provesFactor(turn, answer, { use, spend: () => isSigned }) }
}

/** What a factor proves, as often as it can be spent, where the answer tells that it was accepted. */
function provesFactor(
  { slot, person, world }: Turn,
  answer: TestAnswer,
  { use, spend }: { use: Use; spend: (isSure: boolean) => boolean },
) {
  const isDone = answer.status === 200
  if (use === 'reauthenticate') {
    return (isAlone: boolean): void => {
      const isRight = isDone && spend(true) && slot.user === person
      if (isDone && isAlone && !isRight) world.fail(`${slot.name} was reauthenticated by nothing`)
    }
  }
  return (isAlone: boolean): void => {
    const hasMoved = slot.stage === 'mfa_authenticate' && stageOf(answer) === 'mfa_trust'
    // Of several requests at once, another one may have moved it.
    if ((isDone || hasMoved) && spend(isDone || isAlone)) addFactorProof(slot, person)
  }
}

function addFactorProof(slot: Slot, person: Person): void {
  for (const login of slot.logins) if (login.user === person) login.proofs.add('factor')
}

/** A passkey alone; it may lie, or sign another challenge than the session asks for now. */
export async function logInByPasskey(
  turn: Turn,
  { challenge, ...tampering }: RequestTampering = {},
): Promise<Played> {
  const { slot, person } = turn
  const path = 'auth/webauthn/login'
  const own = challenge ?? (await getChallenge(turn, path))
  const { key } = person.keys.find((it) => it.key.isDiscoverable) ?? person.keys[0] ?? {}
  const signed = await signChallenge(turn, path, { challenge: own, key, tampering })
  const { userHandle = key?.userHandle, userVerified = true } = tampering
  const isHonest = userHandle === key?.userHandle && userVerified
  const isRight = signed.isSigned && isHonest && key?.isDiscoverable === true
  const text = `log in by passkey of ${person.name} ${rightly(isRight)}`
  const begins = { user: isRight ? person : null, way: 'passkey' } as const
  return { slot, text, answer: signed.answer, begins }
}

/** Asks for options, and notes the challenge. */
async function getOptions({ slot, world }: Turn, path: string): Promise<unknown> {
  const { body } = await slot.client.get(path)
  const options = body.data?.request_options ?? body.data?.creation_options
  if (!options) return undefined
  const { publicKey } = options as { publicKey: { challenge: string } } // held against the contract
  slot.lastChallenge = publicKey.challenge
  const others = world.isCrowded ? slot.challenges : []
  slot.challenges = [...others, publicKey.challenge]
  return options
}

/** Asks for a challenge; the last one where there is no other. */
export async function getChallenge(turn: Turn, path: string): Promise<string> {
  await getOptions(turn, path)
  return turn.slot.lastChallenge
}

async function signChallenge(
  { slot }: Turn,
  path: string,
  signing: { challenge: string; key: SecurityKey | undefined; tampering?: RequestTampering },
) {
  const { challenge, key, tampering } = signing
  const isSigned = key !== undefined && slot.challenges.includes(challenge)
  const credential = key?.get({ publicKey: { challenge, rpId: 'localhost' } }, tampering) ?? 'none'
  const answer = await slot.client.post(path, { credential })
  // A login that was ended at the same time answers 401 with no stage, and spends nothing.
  const isSpent = isAccepted(answer) && (answer.status === 200 || stageOf(answer) !== undefined)
  if (isSpent) slot.challenges = slot.challenges.filter((it) => it !== challenge)
  return { answer, isSigned }
}

export async function answerTrust({ slot, world }: Turn, isTrusted: boolean): Promise<Played> {
  const answer = await slot.client.post('auth/2fa/trust', { trust: isTrusted })
  const text = `trust the browser: ${isTrusted}`
  return { slot, text, answer, proves: () => world.noteTrustGiven(slot, answer) }
}

/** Takes the cookie of a trusted browser to another one. */
export function stealTrust(turn: Turn): Promise<Played> {
  const { slot, world } = turn
  const name = world.settings.mfa.trustCookieName
  const other = world.slots.find((it) => it !== slot && it.client.cookies.has(name))
  const cookie = other?.client.cookies.get(name)
  if (cookie && slot.client.kind === 'browser') slot.client.cookies.set(name, cookie)
  return ask(turn, 'GET', 'auth/session')
}

export async function setUpApp(turn: Turn): Promise<Played> {
  const { slot } = turn
  const person = signedInPerson(turn)
  const path = 'account/authenticators/totp'
  const { body } = await slot.client.get(path)
  const { secret = '' } = (body.meta ?? {}) as { secret?: string } // held against the contract
  const code = secret && appCode(secret, currentStep(turn))
  const answer = await slot.client.post(path, { code })
  const proves = () => {
    if (answer.status === 200 && person) person.app = { secret, used: new Set() }
  }
  return { slot, text: 'set up an app', answer, proves }
}

export function removeApp(turn: Turn): Promise<Played> {
  return ask(turn, 'DELETE', 'account/authenticators/totp')
}

export async function addKey(turn: Turn, kind: 'key' | 'passkey'): Promise<Played> {
  const { slot } = turn
  const person = signedInPerson(turn)
  const path = 'account/authenticators/webauthn'
  const options = await getOptions(turn, kind === 'passkey' ? `${path}?passwordless` : path)
  const key = new SecurityKey()
  const credential = options ? key.create(options) : 'none'
  const answer = await slot.client.post(path, { name: 'A key', credential })
  const proves = () => {
    const number = Number(answer.body.data?.id)
    if (answer.status === 200) person?.keys.push({ key, number })
  }
  return { slot, text: `add a ${kind}`, answer, proves }
}

/** The end of a signup by passkey: the key that is made is its factor. */
export async function makePasskeyAtSignup(turn: Turn): Promise<Played> {
  const { slot, person } = turn
  const path = 'auth/webauthn/signup'
  const options = await getOptions(turn, path)
  const key = new SecurityKey()
  const credential = options ? key.create(options) : 'none'
  const answer = await slot.client.put(path, { name: 'A passkey', credential })
  const proves = () => {
    const isKnown = (number: number) => person.keys.some((it) => it.number === number)
    const keys = person.authenticators.filter(({ type }) => type === 'webauthn')
    const added = keys.find(({ number }) => !isKnown(number))
    if (!added) return
    person.keys.push({ key, number: added.number })
    addFactorProof(slot, person)
  }
  return { slot, text: `make a passkey for ${person.name}`, answer, proves }
}

export function removeKey(turn: Turn): Promise<Played> {
  const authenticators = signedInPerson(turn)
    ?.keys.slice(0, 1)
    .map(({ number }) => number)
  return ask(turn, 'DELETE', 'account/authenticators/webauthn', { authenticators })
}

/** GET shows the recovery codes that there are, POST makes new ones. */
export async function getRecoveryCodes(turn: Turn, method: 'GET' | 'POST'): Promise<Played> {
  const { slot } = turn
  const person = signedInPerson(turn)
  const answer = await slot.client.request(method, 'account/authenticators/recovery-codes', {})
  const proves = () => {
    const { unused_codes: codes } = (answer.body.data ?? {}) as { unused_codes?: string[] }
    const stored = person?.authenticators.find(({ type }) => type === 'recovery_codes')
    if (!person || !codes || !stored) return
    person.recovery = { number: stored.number, codes, used: new Set() }
  }
  return { slot, text: `${method} recovery codes`, answer, proves }
}
