import { DatabaseSync } from 'node:sqlite'
import { hash } from '@node-rs/argon2'
import { sha256 } from '../packages/server/src/crypto/hash.ts'
import { uuidv7 } from '../packages/server/src/crypto/random.ts'
import { serverDefaults } from '../packages/server/src/settings/server.ts'
import type { Tables } from '../packages/server/src/storage/tables.ts'
import { password } from './servers.ts'

const dayMs = 86_400_000

/** The address of the user with a number. */
export function emailOf(number: number): string {
  return `user-${number}@example.org`
}

/** The session token of the user with a number. */
export function tokenOf(number: number): string {
  return `token-of-user-${number}`
}

/** Writes so many users into a database of Latchkey, each with an address, the password and a session. */
export async function fillUsers(path: string, count: number): Promise<void> {
  const { hashMemoryKib: memoryCost, hashPasses: timeCost, hashParallelism } = serverDefaults
  const shared = await hash(password, { memoryCost, timeCost, parallelism: hashParallelism })
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = off; begin')
  const insert = {
    users: preparer<'users'>(database, 'users'),
    emails: preparer<'email_addresses'>(database, 'email_addresses'),
    sessions: preparer<'sessions'>(database, 'sessions'),
  }
  const began = Date.now() - count
  for (let number = 0; number < count; number += 1) {
    const id = uuidv7(began + number)
    insert.users(userRow(id, shared))
    insert.emails(emailRow(id, emailOf(number)))
    insert.sessions(sessionRow(id, tokenOf(number)))
  }
  database.exec('commit; pragma wal_checkpoint(truncate); analyze')
  database.close()
}

/** Prepares the insert of whole rows of a table at the first of them. */
function preparer<Name extends keyof Tables>(
  database: DatabaseSync,
  table: Name,
): (row: Tables[Name]) => void {
  let statement: ReturnType<DatabaseSync['prepare']> | undefined
  return (row) => {
    const names = Object.keys(row)
    const holes = names.map(() => '?').join(', ')
    statement ??= database.prepare(`insert into ${table} (${names.join(', ')}) values (${holes})`)
    statement.run(...Object.values(row))
  }
}

function userRow(id: string, passwordHash: string): Tables['users'] {
  return {
    id,
    username: null,
    username_key: null,
    password_hash: passwordHash,
    is_active: 1,
    password_is_proved: 1,
    password_epoch: 0,
    auth_epoch: 0,
    deactivations: 0,
    created_at: Date.now(),
    language: null,
    last_login_at: null,
  }
}

function emailRow(userId: string, email: string): Tables['email_addresses'] {
  return {
    id: userId,
    user_id: userId,
    email,
    is_verified: 1,
    is_primary: 1,
    is_vouched: 0,
    unique_key: email,
    signup_key: null,
    created_at: Date.now(),
  }
}

function sessionRow(userId: string, token: string): Tables['sessions'] {
  const now = Date.now()
  return {
    id: userId,
    number: 1,
    token_hash: sha256(token),
    client: 'app',
    user_id: userId,
    state: JSON.stringify({ methods: [{ method: 'password', at: Math.round(now / 1000) }] }),
    version: 1,
    created_at: now,
    expires_at: now + dayMs,
    lasts_until: now + dayMs,
    last_seen_at: now,
    ended_at: null,
    ip: '127.0.0.1',
    user_agent: 'bench',
  }
}
