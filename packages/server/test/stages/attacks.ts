// What must not work: codes and keys that are old, used, somebody else's or of another session.
import { logIn } from './accounts.ts'
import {
  answerTrust,
  appStep,
  getChallenge,
  logInByPasskey,
  makePasskeyAtSignup,
  showAppCode,
  showRecoveryCode,
  useKey,
} from './factors.ts'
import type { Person, Played } from './people.ts'
import {
  newestSecret,
  resetPassword,
  sendEmailKey,
  sendLoginCode,
  sendPhoneCode,
  wrongSecret,
} from './secrets.ts'
import { showFactor } from './steps.ts'
import { ask, at, otherSlot, type Play, type Turn, waiting } from './turn.ts'

/** Tries to get past the stage that waits by what must not do. */
export function takeWrongStep(turn: Turn): Promise<Played> {
  const own = waiting(turn)
  const { stage } = own.slot
  if (stage === 'login_by_code') return sendLoginCode(own, wrongSecret(own, 'login'))
  if (stage === 'verify_email') return sendEmailKey(own, wrongSecret(own, 'email'))
  if (stage === 'verify_phone') return sendPhoneCode(own, wrongSecret(own, 'phone'))
  return oneOf(stage === 'mfa_authenticate' ? wrongFactors(own) : [], own)
}

/** Sends what another stage asks for. */
export function knockElsewhere(turn: Turn): Promise<Played> {
  const doors: Play[] = [
    (it) => answerTrust(it, true),
    (it) => sendLoginCode(it, newestSecret(it, 'login')),
    (it) => sendEmailKey(it, newestSecret(it, 'email')),
    makePasskeyAtSignup,
    showFactor,
  ]
  return oneOf(doors, waiting(turn))
}

/** Tries to get in by what must not do. */
export function getInWrongly(turn: Turn): Promise<Played> {
  const { person, world } = turn
  const old = world.secrets.filter((it) => it.purpose === 'reset' && it.isOver).at(-1)
  const ways: Play[] = [
    ...(world.settings.mfa.passkeyLoginEnabled ? wrongPasskeys(turn) : []),
    (it) => resetPassword(it, old),
    (it) => resetPassword(it, wrongSecret(it, 'reset')),
    ...(person.passwords.length > 1 ? [(it: Turn) => logIn(it, person.passwords.at(-2))] : []),
  ]
  return oneOf(ways, turn)
}

/** Those that somebody has. */
function wrongFactors({ world, person, slot }: Turn): Play[] {
  const { app, recovery, keys } = person
  const others = world.people.filter((it) => it !== person)
  const asOther = (has: (other: Person) => unknown, play: Play): Play[] =>
    others.filter(has).map((other) => (it: Turn) => play({ ...it, person: other }))
  return [
    ...when(app?.used.size, (it) => showAppCode(it, appStep(it, 'used'))),
    ...when(app, (it) => showAppCode(it, appStep(it, 'old'))),
    ...when(recovery?.used.size, (it) => showRecoveryCode(it, { isUsed: true })),
    ...when(keys.length, async (it) => useKey(it, { challenge: await challengeElsewhere(it) })),
    ...when(keys.length, (it) => useKey(it, { challenge: slot.lastChallenge })),
    ...asOther(
      (it) => it.app,
      (it) => showAppCode(it, appStep(it, 'unused')),
    ).slice(0, 1),
    ...asOther(
      (it) => it.recovery,
      (it) => showRecoveryCode(it, { isUsed: false }),
    ).slice(0, 1),
    ...asOther(
      (it) => it.keys.length,
      (it) => useKey(it),
    ).slice(0, 1),
  ]
}

/** Of somebody who has a key: for another challenge, without verification, or in another's name. */
function wrongPasskeys({ world, person, slot }: Turn): Play[] {
  const owners = world.people.filter(({ keys }) => keys.length > 0)
  const owner = owners.find((it) => it === person) ?? owners[0]
  if (!owner) return []
  const other = owners.find((it) => it !== owner)
  const userHandle = other?.keys[0]?.key.userHandle ?? null
  const plays: Play[] = [
    async (it) => logInByPasskey(it, { challenge: await challengeElsewhere(it) }),
    (it) => logInByPasskey(it, { challenge: slot.lastChallenge }),
    (it) => logInByPasskey(it, { userVerified: false }),
    (it) => logInByPasskey(it, { userHandle }),
  ]
  return plays.map((play) => (it: Turn) => play({ ...it, person: owner }))
}

/** A challenge of another session, while this one has one of its own. */
async function challengeElsewhere(turn: Turn): Promise<string> {
  const path = 'auth/webauthn/login'
  await getChallenge(turn, turn.slot.stage ? 'auth/webauthn/authenticate' : path)
  return getChallenge({ ...turn, slot: otherSlot(turn) }, path)
}

function when(isPossible: unknown, play: Play): Play[] {
  return isPossible ? [play] : []
}

function oneOf(plays: readonly Play[], turn: Turn): Promise<Played> {
  return plays.length > 0 ? at(plays, turn.choice)(turn) : ask(turn, 'GET', 'auth/session')
}
