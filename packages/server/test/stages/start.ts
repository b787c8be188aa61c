// Brings a run to its start: a server, and people who have set up what they are to have.
import { createTestAuth } from '../../src/testing/auth.ts'
import { type Command, type Deed, play } from './commands.ts'
import { type Person, stranger } from './people.ts'
import { named, type Profile, rulesOf, type SomeSettings } from './settings.ts'
import { World } from './world.ts'

const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus']
const mostSteps = 6

/** A server with people: those with a profile have an account, the others may sign up. */
export async function start(drawn: SomeSettings, profiles: readonly Profile[]): Promise<World> {
  const world = new World(await createTestAuth({ settings: named(drawn) }), rulesOf(drawn))
  for (const [index, name] of names.entries()) {
    world.people.push(stranger(name, `+3161234567${index}`))
  }
  const settled = world.people.slice(0, profiles.length)
  for (const person of settled) await createAccount(world, person, drawn.hasPhones)
  await world.lookAtPeople()
  await setUpFactors(world, profiles)
  for (const [index, person] of settled.entries()) await unverify(world, person, profiles[index])
  world.trace = []
  return world
}

async function createAccount(world: World, person: Person, hasPhone: boolean): Promise<void> {
  const { email, phone, passwords } = person
  await world.auth.createUser({ email, password: passwords[0] ?? null, ...(hasPhone && { phone }) })
  Object.assign(person, { isEmailVerified: true, isPhoneVerified: true })
}

/** Everybody signs in, at once for it takes time, and sets up their factors. */
async function setUpFactors(world: World, profiles: readonly Profile[]): Promise<void> {
  const owners = profiles.flatMap(({ hasApp, key }, user) => {
    const deeds: Deed[] = [
      ...(hasApp ? (['set up an app'] as const) : []),
      ...(key === 'none' ? [] : [`add a ${key}` as const]),
    ]
    return deeds.length > 0 ? [{ user, deeds }] : []
  })
  const command = (deed: Deed, user: number): Command => ({
    do: deed,
    session: user,
    user,
    choice: 0,
  })
  await world.play(
    owners.map(
      ({ user }) =>
        () =>
          play(world, command('log in', user)),
    ),
  )
  for (const { user, deeds } of owners) {
    const perform = (deed: Deed) => world.play([() => play(world, command(deed, user))])
    for (let step = 0; step < mostSteps && !world.slots[user]?.user; step += 1) {
      await perform('take the next step')
    }
    for (const deed of [...deeds, 'look up the recovery codes', 'log out'] as const) {
      await perform(deed)
    }
  }
}

/** Has it that nobody has shown yet to own an address or number. */
async function unverify(world: World, person: Person, profile: Profile | undefined): Promise<void> {
  const { db } = world.auth.server
  const { email, phone } = person
  if (profile?.isEmailVerified === false) {
    const unverified = { is_verified: 0, unique_key: null, signup_key: email } as const
    await db.updateTable('email_addresses').set(unverified).where('email', '=', email).execute()
    person.isEmailVerified = false
  }
  if (profile?.isPhoneVerified === false) {
    await db
      .updateTable('phone_numbers')
      .set({ is_verified: 0 })
      .where('phone', '=', phone)
      .execute()
    person.isPhoneVerified = false
  }
}
