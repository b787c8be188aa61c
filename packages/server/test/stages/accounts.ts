// Ways in by password, code and signup, and what is done in the session of somebody.
import type { Played } from './people.ts'
import { ask, at, rightly, signedInPerson, type Turn } from './turn.ts'

export async function logIn({ slot, person }: Turn, password = 'none'): Promise<Played> {
  const isRight = password === person.passwords.at(-1) && person.passwordHash !== null
  const answer = await slot.client.post('auth/login', { email: person.email, password })
  const text = `log in as ${person.name} ${rightly(isRight)}`
  return { slot, text, answer, begins: { user: isRight ? person : null, way: 'password' } }
}

export async function askForLoginCode({ slot, person }: Turn): Promise<Played> {
  const answer = await slot.client.post('auth/code/request', { email: person.email })
  const text = `ask for a login code for ${person.name}`
  // Where somebody is signed in, the code opens nothing.
  if (answer.status !== 401) return { slot, text, answer, isInVain: true }
  return { slot, text, answer, begins: { user: person, way: 'code' } }
}

export async function signUp({ world, slot, person }: Turn, path: string): Promise<Played> {
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

export async function reauthenticate(turn: Turn): Promise<Played> {
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

export async function changePassword(turn: Turn): Promise<Played> {
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

export async function logOut({ slot }: Turn): Promise<Played> {
  const answer = await slot.client.delete('auth/session')
  const proves = (isAlone: boolean) => {
    if (isAlone) Object.assign(slot, { user: null, logins: [], challenges: [] })
  }
  return { slot, text: 'log out', answer, proves }
}

export function letTimePass(turn: Turn): Promise<Played> {
  const { world, choice } = turn
  if (!world.isCrowded) world.auth.clock.advance(at([10, 35, 120, 1000, 4000], choice))
  return ask(turn, 'GET', 'auth/session')
}
