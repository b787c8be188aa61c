import type { Person, Played, Slot } from './people.ts'
import type { World } from './world.ts'

/** Whose turn it is, in which session; `choice` chooses whatever else there is to choose. */
export interface Turn {
  world: World
  slot: Slot
  person: Person
  choice: number
}

export type Play = (turn: Turn) => Promise<Played>

/** Sends a request that proves nothing. */
export async function ask(
  { slot }: Turn,
  method: string,
  path: string,
  json: object = {},
): Promise<Played> {
  const answer = await slot.client.request(method, path, json)
  return { slot, text: `${method} ${path}`, answer }
}

/** The one at the index, counted round. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length]
  if (found === undefined) throw new Error('there are none')
  return found
}

/** Another session. */
export function otherSlot({ world, slot, choice }: Turn): Slot {
  const others = world.slots.filter((it) => it !== slot)
  return at(others, choice)
}

/** Who is signed in. */
export function signedInPerson({ world, slot }: Turn): Person | undefined {
  return world.people.find((it) => it === slot.user)
}

// Where there is something to see; but now and then wherever it is:

/** In a session that is fit for it. */
export function inSlot(turn: Turn, isFit: (slot: Slot) => boolean): Turn {
  const { world, slot, choice } = turn
  if (isFit(slot) || choice === 0) return turn
  return { ...turn, slot: world.slots.find(isFit) ?? slot }
}

export function signedOut(turn: Turn): Turn {
  return inSlot(turn, ({ user }) => !user)
}

/** In a session that somebody is signed in to; or of somebody whose login waits in another one. */
export function signedIn(turn: Turn): Turn {
  const { slots } = turn.world
  const waits = ({ user }: Slot) =>
    slots.some(({ logins }) => logins.some((it) => it.user === user))
  const rival = slots.find((slot) => slot.user && waits(slot))
  if (rival && turn.choice % 2 > 0) return { ...turn, slot: rival }
  return inSlot(turn, ({ user }) => user !== null)
}

/** In a session where a stage waits, as the one whose login it is. */
export function waiting(turn: Turn): Turn {
  const { world, slot, person } = inSlot(turn, ({ stage }) => stage !== undefined)
  const login = slot.logins.at(-1)
  return { ...turn, slot, person: world.people.find((it) => it === login?.user) ?? person }
}

/** As somebody who has no account. */
export function asStranger(turn: Turn): Turn {
  const { world, choice, person } = turn
  if (choice === 1) return turn
  return { ...turn, person: world.people.find(({ hasAccount }) => !hasAccount) ?? person }
}

/** In a browser that somebody trusts, as that one. */
export function asTruster(turn: Turn): Turn {
  const { world } = turn
  const slot = world.slots.find((it) => world.trusterOf(it)) ?? turn.slot
  return { ...turn, slot, person: world.trusterOf(slot) ?? turn.person }
}

export function rightly(isRight: boolean | undefined): string {
  return isRight ? 'rightly' : 'wrongly'
}
