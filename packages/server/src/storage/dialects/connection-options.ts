import { SettingsError } from '../../settings/settings-error.ts'

/** How a dialect reaches a database server. */
export interface ConnectionOptions {
  /** With user, password, host, port and name of the database. */
  url: string
  /** The most connections that writes and transactions have. */
  poolSize: number
  /** How long a statement may take before the server gives it up, in milliseconds. */
  statementTimeoutMs: number
  /** Whether each transaction may get another connection, as by PgBouncer in transaction mode. */
  isPooled: boolean
}

/** How long to wait for a connection, in milliseconds. */
export const connectTimeoutMs = 5000

/** After its time limit the server has said so, unless the network has swallowed it; in milliseconds. */
export const networkGraceMs = 2000

/**
 * What a driver makes of the address. @throws SettingsError where it can not read it: what the driver says then
 * has the address in it, and with it the password.
 */
export function withReadable<T>(make: () => T): T {
  try {
    return make()
  } catch {
    throw new SettingsError([
      'DATABASE_URL: expected an address such as postgres://user:password@host:5432/name, with %25 for a percent sign',
    ])
  }
}
