// Opens a fixture with the server of this version.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { appAt } from '../../src/socialaccount/testing/social.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import { databaseKind } from '../../src/testing/database.ts'
import {
  createIdentityProvider,
  type IdentityProvider,
} from '../../src/testing/identity-provider.ts'
import { createEmptyDatabase, type EmptyDatabase } from './empty-database.ts'
import { type Fixture, factorSettings, madeAt, settings } from './people.ts'

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url))

/** The names of all fixtures of the kind of database that the tests run on. */
export const fixtureNames = globSync(`${databaseKind}-*.sql`, { cwd: folder })
  .map((file) => file.slice(0, -'.sql'.length))
  .sort()

/** A server over a database that an earlier version has left. */
export interface Upgraded extends TestAuth {
  fixture: Fixture
  idp: IdentityProvider
}

/** A database as an earlier version has left it. */
export async function restore(name: string): Promise<EmptyDatabase> {
  const database = await createEmptyDatabase()
  await database.run(readFileSync(`${folder}${name}.sql`, 'utf8'))
  return database
}

/** What the people of a fixture have in their hands. */
export function handsOf(name: string): Fixture {
  return JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'))
}

/** Starts the server of this version over a fixture, a minute after the earlier one has stopped. */
export async function upgrade(name: string, own: object = {}): Promise<Upgraded> {
  const database = await restore(name)
  const now = madeAt + 60_000
  const idp = createIdentityProvider(() => now)
  const auth = await createTestAuth({
    database,
    now,
    fetch: idp.fetch,
    settings: {
      ...settings,
      ...factorSettings,
      SOCIALACCOUNT_PROVIDERS: { openid_connect: { APPS: [appAt('idp', idp.issuer)] } },
      INSTALLED_APPS: ['allauth.socialaccount', 'allauth.mfa', 'allauth.usersessions'],
      ...own,
    },
  })
  async function close() {
    await auth.close()
    await database.close()
  }
  return { ...auth, fixture: handsOf(name), idp, close, [Symbol.asyncDispose]: close }
}
