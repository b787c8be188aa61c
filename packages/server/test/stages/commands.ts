// What people and attackers do. A command sends what a client would, and says what that proves if it
// is accepted: nothing, where a code or key is wrong, old, used, or somebody else's.
import {
  addKey,
  answerTrust,
  appStep,
  getChallenge,
  getRecoveryCodes,
  logInByPasskey,
  makePasskeyAtSignup,
  removeApp,
  removeKey,
  setUpApp,
  showAppCode,
  showRecoveryCode,
  stealTrust,
  useKey,
} from './factors.ts'
import { isUsableIn, type Person, type Played } from './people.ts'
import {
  askAgain,
  askForReset,
  newestSecret,
  resetPassword,
  sendEmailKey,
  sendLoginCode,
  sendPhoneCode,
  wrongSecret,
} from './secrets.ts'
import { ask, at, otherSlot, type Play, rightly, signedInPerson, type Turn } from './turn.ts'
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
  'log in': [4, (turn) => logIn(signedOut(turn), turn.person.passwords.at(-1))],
  'ask for a login code': [3, (turn) => askForLoginCode(signedOut(turn))],
  'log in by passkey': [5, (turn) => logInByPasskey(turn)],
  'sign up': [3, (turn) => signUp(asStranger(signedOut(turn)), 'auth/signup')],
  'sign up by passkey': [2, (turn) => signUp(asStranger(signedOut(turn)), 'auth/webauthn/signup')],
  'ask for the code again': [3, (turn) => askAgain(waiting(turn))],
  'get on with a reset': [8, getOnWithReset],
  'come back to a trusted browser': [6, comeBack],
  'steal the trust of a browser': [2, stealTrust],
  reauthenticate: [2, reauthenticate],
  'reauthenticate by app code': [
    1,
    (turn) =>
      showAppCode(signedIn(turn), appStep(turn, { isUsed: turn.choice % 2 > 0 }), 'reauthenticate'),
  ],
  'reauthenticate by key': [1, (turn) => useKey(signedIn(turn), { use: 'reauthenticate' })],
  'change the password': [3, (turn) => changePassword(signedIn(turn))],
  'set up an app': [2, (turn) => setUpApp(signedIn(turn))],
  'remove the app': [1, (turn) => removeApp(signedIn(turn))],
  'add a key': [1, (turn) => addKey(signedIn(turn), 'key')],
  'add a passkey': [1, (turn) => addKey(signedIn(turn), 'passkey')],
  'remove a key': [1, (turn) => removeKey(signedIn(turn))],
  'make recovery codes': [1, (turn) => getRecoveryCodes(signedIn(turn), 'POST')],
  'look up the recovery codes': [1, (turn) => getRecoveryCodes(signedIn(turn), 'GET')],
  'log out': [4, (turn) => logOut(signedIn(turn))],
  'let time pass': [2, letTimePass],
} satisfies Record<string, [number, Play]>

export type Deed = keyof typeof deeds

// --- Where there is something to see; but now and then wherever it is ---

function signedOut(turn: Turn): Turn {
  return inSlot(turn, ({ user }) => !user)
}

function signedIn(turn: Turn): Turn {
  return inSlot(turn, ({ user }) => user !== null)
}

function inSlot(turn: Turn, isFit: (slot: Turn['slot']) => boolean): Turn {
  const { world, slot, choice } = turn
  if (isFit(slot) || choice === 0) return turn
  return { ...turn, slot: world.slots.find(isFit) ?? slot }
}

/** In a session where a stage waits, as the one whose login it is. */
function waiting(turn: Turn): Turn {
  const { world, slot, person } = inSlot(turn, ({ stage }) => stage !== undefined)
  const login = slot.logins.at(-1)
  return { ...turn, slot, person: world.people.find((it) => it === login?.user) ?? person }
}

function asStranger(turn: Turn): Turn {
  const { world, choice, person } = turn
  if (choice === 1) return turn
  return { ...turn, person: world.people.find(({ hasAccount }) => !hasAccount) ?? person }
}

// --- Steps of a login ---

/** Does what the stage that waits asks for, as an honest user would; where none does, begins a login. */
function takeNextStep(turn: Turn): Promise<Played> {
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
function showFactor(turn: Turn): Promise<Played> {
  const { person, choice, world } = turn
  const { app, recovery, keys } = person
  if (keys.length > 0 && (choice % 3 === 1 || !app)) return useKey(turn)
  if (recovery && (choice % 3 === 2 || !app)) return showRecoveryCode(turn, { isUsed: false })
  const step = appStep(turn, { isUsed: false })
  if (step === undefined || !app?.used.has(step)) return showAppCode(turn, step)
  // The code of now is used up.
  if (!world.isCrowded) world.auth.clock.advance(30)
  return showAppCode(turn, appStep(turn, { isUsed: false }))
}

/** Tries to get past the stage that waits by what must not do; where none does, to get in so. */
async function takeWrongStep(turn: Turn): Promise<Played> {
  const own = waiting(turn)
  const { stage } = own.slot
  if (turn.choice === 7) return knockElsewhere(own)
  if (stage === 'login_by_code') return sendLoginCode(own, wrongSecret(own, 'login'))
  if (stage === 'verify_email') return sendEmailKey(own, wrongSecret(own, 'email'))
  if (stage === 'verify_phone') return sendPhoneCode(own, wrongSecret(own, 'phone'))
  if (stage === 'mfa_authenticate') return showWrongFactor(own, turn.person)
  return stage ? knockElsewhere(own) : getInWrongly(turn)
}

/** Sends what another stage asks for. */
function knockElsewhere(turn: Turn): Promise<Played> {
  const doors: Play[] = [
    (it) => answerTrust(it, true),
    (it) => sendLoginCode(it, newestSecret(it, 'login')),
    (it) => sendEmailKey(it, newestSecret(it, 'email')),
    makePasskeyAtSignup,
    (it) => showFactor(it),
  ]
  return at(doors, turn.person.name.charCodeAt(0) + turn.world.trace.length)(turn)
}

async function showWrongFactor(turn: Turn, other: Person): Promise<Played> {
  const wrong: Play[] = [
    (it) => showAppCode(it, appStep(it, { isUsed: true })),
    (it) => showRecoveryCode(it, { isUsed: true }),
    async (it) => useKey(it, { challenge: await challengeElsewhere(it) }),
    (it) => useKey(it, { challenge: it.slot.lastChallenge }),
    (it) =>
      showAppCode({ ...it, person: other }, appStep({ ...it, person: other }, { isUsed: false })),
    (it) => showRecoveryCode({ ...it, person: other }, { isUsed: false }),
    (it) => useKey({ ...it, person: other }),
  ]
  return at(wrong, turn.choice)(turn)
}

async function getInWrongly(turn: Turn): Promise<Played> {
  const { person, slot, world } = turn
  const stranger = world.people.find((it) => it !== person && it.keys.length > 0)
  const wrong: Play[] = [
    async (it) => logInByPasskey(it, { challenge: await challengeElsewhere(it) }),
    (it) => logInByPasskey(it, { challenge: slot.lastChallenge }),
    (it) => logInByPasskey(it, { userVerified: false }),
    (it) => logInByPasskey(it, { userHandle: stranger?.keys[0]?.key.userHandle ?? null }),
    (it) => logIn(it, person.passwords.at(-2)),
    (it) => resetPassword(it, wrongSecret(it, 'reset')),
    (it) => logIn(it, 'wrong password'),
  ]
  return at(wrong, turn.choice)(turn)
}

/** A challenge of another session, while this one has one of its own. */
async function challengeElsewhere(turn: Turn): Promise<string> {
  const path = 'auth/webauthn/login'
  await getChallenge(turn, turn.slot.stage ? 'auth/webauthn/authenticate' : path)
  return getChallenge({ ...turn, slot: otherSlot(turn) }, path)
}

// --- Ways in ---

async function logIn({ slot, person }: Turn, password = 'none'): Promise<Played> {
  const isRight = password === person.passwords.at(-1) && person.passwordHash !== null
  const answer = await slot.client.post('auth/login', { email: person.email, password })
  const text = `log in as ${person.name} ${rightly(isRight)}`
  return { slot, text, answer, begins: { user: isRight ? person : null, way: 'password' } }
}

async function askForLoginCode({ slot, person }: Turn): Promise<Played> {
  const answer = await slot.client.post('auth/code/request', { email: person.email })
  const text = `ask for a login code for ${person.name}`
  // Where somebody is signed in, the code opens nothing.
  if (answer.status !== 401) return { slot, text, answer, isInVain: true }
  return { slot, text, answer, begins: { user: person, way: 'code' } }
}

async function signUp({ world, slot, person }: Turn, path: string): Promise<Played> {
  const isByPasskey = path === 'auth/webauthn/signup'
  const { email, phone, hasAccount } = person
  const [password = ''] = person.passwords
  const answer = await slot.client.post(path, {
    email,
    ...(world.rules.needsVerifiedPhone && { phone }),
    ...(!isByPasskey && { password }),
  })
  const text = `sign up as ${person.name}${isByPasskey ? ' by passkey' : ''}`
  const way = isByPasskey ? 'passkey signup' : 'signup'
  if (hasAccount) return { slot, text, answer, begins: { user: null, way } }
  const sets = { person, password, isReset: false }
  return { slot, text, answer, begins: { user: person, way }, ...(!isByPasskey && { sets }) }
}

/** Uses a key that was mailed, where it works; asks for one where there is none. */
function getOnWithReset(turn: Turn): Promise<Played> {
  const { world, choice } = turn
  const own = choice > 3 ? asTruster(turn) : turn
  const { person, slot } = own
  const secret = newestSecret(own, 'reset')
  if (!secret || secret.isOver) return askForReset(own)
  const places = [slot, ...world.slots].filter((it) => isUsableIn(it, secret))
  return resetPassword({ ...own, slot: places[0] ?? slot, person }, secret)
}

/** In a browser that somebody trusts, as that one. */
function asTruster(turn: Turn): Turn {
  const { world } = turn
  const slot = world.slots.find((it) => world.trusterOf(it)) ?? turn.slot
  return { ...turn, slot, person: world.trusterOf(slot) ?? turn.person }
}

/** Logs out of a browser that somebody trusts, and in again. */
function comeBack(turn: Turn): Promise<Played> {
  const own = asTruster(turn)
  if (own.slot.user) return logOut(own)
  return beginLogin(turn.choice > 2 ? own : { ...own, person: turn.person })
}

// --- In a session of somebody ---

async function reauthenticate(turn: Turn): Promise<Played> {
  const { slot, person, world } = turn
  const answer = await slot.client.post('auth/reauthenticate', {
    password: person.passwords.at(-1),
  })
  const proves = (isAlone: boolean) => {
    const isWrong = answer.status === 200 && slot.user !== person
    if (isWrong && isAlone) world.fail(`${slot.name} was reauthenticated by ${person.name}`)
  }
  return { slot, text: `reauthenticate by the password of ${person.name}`, answer, proves }
}

async function changePassword(turn: Turn): Promise<Played> {
  const { slot, world } = turn
  const person = signedInPerson(turn)
  const password = world.newPassword()
  const answer = await slot.client.post('account/password/change', {
    ...(person?.passwordHash && { current_password: person.passwords.at(-1) }),
    new_password: password,
  })
  const isDone = person && answer.status === 200
  const sets = isDone ? { person, password, isReset: false } : undefined
  return { slot, text: 'change the password', answer, sets }
}

async function logOut({ slot }: Turn): Promise<Played> {
  const answer = await slot.client.delete('auth/session')
  const proves = (isAlone: boolean) => {
    if (isAlone) Object.assign(slot, { user: null, logins: [], challenges: [] })
  }
  return { slot, text: 'log out', answer, proves }
}

function letTimePass(turn: Turn): Promise<Played> {
  const { world, choice } = turn
  if (!world.isCrowded) world.auth.clock.advance(at([10, 35, 120, 1000], choice))
  return ask(turn, 'GET', 'auth/session')
}
