// What an honest user does: one step after the other.
import { askForLoginCode, logIn, logOut } from './accounts.ts'
import {
  answerTrust,
  appStep,
  logInByPasskey,
  makePasskeyAtSignup,
  showAppCode,
  showRecoveryCode,
  useKey,
} from './factors.ts'
import { isUsableIn, type Played } from './people.ts'
import {
  askForReset,
  newestSecret,
  resetPassword,
  sendEmailKey,
  sendLoginCode,
  sendPhoneCode,
} from './secrets.ts'
import { ask, asTruster, at, inSlot, type Play, type Turn } from './turn.ts'

/** Does what the stage that waits asks for; where none does, begins a login. */
export function takeNextStep(given: Turn): Promise<Played> {
  const turn = given.choice % 2 > 0 ? inSlot(given, ({ logins }) => logins.length > 0) : given
  const { world, slot, choice } = turn
  const login = slot.logins.at(-1)
  const person = world.people.find((it) => it === login?.user)
  if (!login || !person) return beginLogin(turn)
  const own = { ...turn, person }
  const stage = slot.stage ?? world.nextStage(login)
  if (stage === 'login_by_code') return sendLoginCode(own, newestSecret(own, 'login'))
  if (stage === 'verify_email') return sendEmailKey(own, newestSecret(own, 'email'))
  if (stage === 'verify_phone') return sendPhoneCode(own, newestSecret(own, 'phone'))
  if (stage === 'mfa_authenticate') return showFactor(own)
  if (stage === 'mfa_signup_webauthn') return makePasskeyAtSignup(own)
  return answerTrust(own, choice !== 0)
}

function beginLogin(turn: Turn): Promise<Played> {
  const { world, slot, person, choice } = turn
  const { account, mfa } = world.settings
  const isPasskeyOwner = person.keys.some(({ key }) => key.isDiscoverable)
  // Where somebody is signed in, only a passkey signs somebody else in.
  const ways: Play[] = [
    ...(account.loginByCodeEnabled && !slot.user ? [askForLoginCode] : []),
    ...(mfa.passkeyLoginEnabled && isPasskeyOwner ? [(it: Turn) => logInByPasskey(it)] : []),
    ...(slot.user ? [] : [(it: Turn) => logIn(it, it.person.passwords.at(-1))]),
  ]
  return ways.length > 0 ? at(ways, choice)(turn) : ask(turn, 'GET', 'auth/session')
}

/** Shows one of the factors, in a way that works if there is one. */
export function showFactor(turn: Turn): Promise<Played> {
  const { person, choice, world } = turn
  const { app, recovery, keys } = person
  if (keys.length > 0 && (choice % 3 === 1 || !app)) return useKey(turn)
  if (recovery && (choice % 3 === 2 || !app)) return showRecoveryCode(turn, { isUsed: false })
  const step = appStep(turn, 'unused')
  if (step === undefined || !app?.used.has(step)) return showAppCode(turn, step)
  // The code of now is used up.
  if (!world.isCrowded) world.auth.clock.advance(30)
  return showAppCode(turn, appStep(turn, 'unused'))
}

/** Uses a key that was mailed, where it works; asks for one where there is none. */
export async function getOnWithReset(turn: Turn): Promise<Played> {
  const { world, choice } = turn
  const own = choice > 3 ? asTruster(turn) : turn
  const { slot } = own
  if (slot.user && choice > 5) return logOut(own)
  const secret = newestSecret(own, 'reset')
  if (!secret || secret.isOver) return askForReset(own)
  const place = [slot, ...world.slots].find((it) => isUsableIn(it, secret))
  return resetPassword({ ...own, slot: place ?? slot }, secret)
}

/** Logs out of a browser that somebody trusts, and in again. */
export function comeBack(turn: Turn): Promise<Played> {
  const { world, choice, person } = turn
  const own = asTruster(turn)
  if (own.slot.user) return logOut(own)
  if (choice === 7 && !world.isCrowded) world.auth.clock.advance(world.settings.mfa.trustCookieAge)
  const back = choice > 1 ? own : { ...own, person }
  return choice > 3 ? logIn(back, back.person.passwords.at(-1)) : beginLogin(back)
}
