// What people and attackers do. A command sends what a client would, and says what that proves if it
// is accepted: nothing, where a code or key is wrong, old, used, or somebody else's.
import {
  askForLoginCode,
  changePassword,
  letTimePass,
  logIn,
  logOut,
  reauthenticate,
  signUp,
} from './accounts.ts'
import { getInWrongly, knockElsewhere, takeWrongStep } from './attacks.ts'
import {
  addKey,
  appStep,
  getRecoveryCodes,
  logInByPasskey,
  removeApp,
  removeKey,
  setUpApp,
  showAppCode,
  stealTrust,
  useKey,
} from './factors.ts'
import type { Played } from './people.ts'
import { askAgain } from './secrets.ts'
import { comeBack, getOnWithReset, takeNextStep } from './steps.ts'
import { asStranger, at, type Play, signedIn, signedOut, waiting } from './turn.ts'
import type { World } from './world.ts'

/** One command: who does what, in which session. The numbers choose among what there is. */
export interface Command {
  do: Deed
  session: number
  user: number
  choice: number
}

/** Plays a command. */
export function play(world: World, { do: deed, session, user, choice }: Command): Promise<Played> {
  const [, perform] = deeds[deed]
  return perform({ world, slot: at(world.slots, session), person: at(world.people, user), choice })
}

/** What can be done, each with how often. */
export const deeds = {
  'take the next step': [30, takeNextStep],
  'take a wrong step': [20, takeWrongStep],
  'knock at another door': [5, knockElsewhere],
  'get in wrongly': [8, getInWrongly],
  'log in': [4, (turn) => logIn(signedOut(turn), turn.person.passwords.at(-1))],
  'ask for a login code': [3, (turn) => askForLoginCode(signedOut(turn))],
  'log in by passkey': [5, (turn) => logInByPasskey(turn)],
  'sign up': [3, (turn) => signUp(asStranger(signedOut(turn)), 'auth/signup')],
  'sign up by passkey': [2, (turn) => signUp(asStranger(signedOut(turn)), 'auth/webauthn/signup')],
  'ask for the code again': [3, (turn) => askAgain(waiting(turn))],
  'get on with a reset': [8, getOnWithReset],
  'come back to a trusted browser': [10, comeBack],
  'steal the trust of a browser': [2, stealTrust],
  reauthenticate: [1, (turn) => reauthenticate(signedIn(turn))],
  'reauthenticate by app code': [
    2,
    (turn) => showAppCode(signedIn(turn), appStep(turn, 'unused'), 'reauthenticate'),
  ],
  'reauthenticate by key': [1, (turn) => useKey(signedIn(turn), { use: 'reauthenticate' })],
  'change the password': [3, (turn) => changePassword(signedIn(turn))],
  'set up an app': [3, (turn) => setUpApp(signedIn(turn))],
  'remove the app': [1, (turn) => removeApp(signedIn(turn))],
  'add a key': [2, (turn) => addKey(signedIn(turn), 'key')],
  'add a passkey': [1, (turn) => addKey(signedIn(turn), 'passkey')],
  'remove a key': [1, (turn) => removeKey(signedIn(turn))],
  'make recovery codes': [1, (turn) => getRecoveryCodes(signedIn(turn), 'POST')],
  'look up the recovery codes': [1, (turn) => getRecoveryCodes(signedIn(turn), 'GET')],
  'log out': [4, (turn) => logOut(signedIn(turn))],
  'let time pass': [2, letTimePass],
} satisfies Record<string, [number, Play]>

export type Deed = keyof typeof deeds
