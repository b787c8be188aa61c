// What attacks are tried on: every operation of the route table, and the whole of the database.
import { createHash } from 'node:crypto'
import type { PathRoutes, Route } from '../../src/http/route.ts'
import type { TestAuth } from '../../src/testing/auth.ts'

export type Kind = 'app' | 'browser'
export const kinds = ['app', 'browser'] as const

/** Settings under which every operation is served and every stage can be reached. */
export const everything = {
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['email*', 'password1*', 'phone'],
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
  MFA_SUPPORTED_TYPES: ['totp', 'webauthn', 'recovery_codes'],
  MFA_PASSKEY_LOGIN_ENABLED: true,
  MFA_PASSKEY_SIGNUP_ENABLED: true,
  MFA_TRUST_ENABLED: true,
  HEADLESS_TOKEN_STRATEGY: 'jwt',
  HEADLESS_JWT_ALGORITHM: 'HS256',
}

/** One operation as one kind of client is served it. */
export interface Operation {
  method: string
  path: string
  route: Route
  /** Of the whole path. */
  routes: PathRoutes
}

/** Every operation that a server serves to a kind of client, later ones as well. */
export function operationsOf({ served }: TestAuth, kind: Kind): Operation[] {
  return [...served.api]
    .filter(([, { client }]) => client === kind)
    .flatMap(([path, routes]) =>
      [...routes.byMethod]
        .filter(([method]) => method !== 'HEAD')
        .map(([method, route]) => ({ method, path, route, routes })),
    )
}

/** Those that may change something. */
export function unsafeOperationsOf(auth: TestAuth, kind: Kind): Operation[] {
  return operationsOf(auth, kind).filter(({ method }) => method !== 'GET')
}

type Rows = Record<string, unknown>[]

/** Every row of every table. */
export async function readTables({ server }: TestAuth): Promise<Record<string, Rows>> {
  const tables = await server.db.introspection.getTables()
  const names = tables.map(({ name }) => name as 'sessions') // any of them can be read like this one
  const read = names.map(async (name): Promise<[string, Rows]> => {
    const rows: Rows = await server.db.selectFrom(name).selectAll().execute()
    return [name, rows.map((row) => ({ ...row })).sort(byText)]
  })
  return Object.fromEntries(await Promise.all(read))
}

/** A few letters that stand for all rows of all tables. */
export async function fingerprint(auth: TestAuth): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(await readTables(auth)))
    .digest('hex')
}

function byText(a: object, b: object): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : Number(left > right)
}
