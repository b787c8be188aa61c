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

export function rightly(isRight: boolean | undefined): string {
  return isRight ? 'rightly' : 'wrongly'
}
