import { signingAmong } from '../../signing-keys/database-keyring.ts'
import { findKeys, type StoredKey } from '../../signing-keys/store.ts'
import { type Command, exitCodes } from '../command.ts'
import { withStoredKeys } from '../signing-keys.ts'

export const keysListCommand: Command = {
  name: 'keys list',
  summary: 'List the keys that sign tokens',
  help: 'Prints the keys in the database, oldest first: id, algorithm, and what each is there for.',
  options: { json: { type: 'boolean', help: 'As JSON lines, times in milliseconds since 1970.' } },
  run: ({ json }) =>
    withStoredKeys(async ({ db, keys, now, algorithm }) => {
      const found = await findKeys(db, keys, now())
      const active = signingAmong(found, algorithm, now())
      for (const key of found) {
        process.stdout.write(json ? toJson(key) : toLine(key, { active, now: now() }))
      }
      return exitCodes.done
    }),
}

function toJson({ privateKey, ...key }: StoredKey): string {
  return `${JSON.stringify({ ...key, isReadable: privateKey !== null })}\n`
}

function toLine(key: StoredKey, { active, now }: { active: StoredKey | undefined; now: number }) {
  return `${key.kid}  ${key.algorithm}  ${stateOf(key, active, now)}\n`
}

function stateOf(key: StoredKey, active: StoredKey | undefined, now: number): string {
  if (!key.privateKey) return 'can not be decrypted: is a secret missing in SECRET_KEY_FALLBACKS?'
  if (key === active) return 'signs'
  if (key.activatesAt > now) return `signs from ${timeText(key.activatesAt)}`
  return key.retiresAt === null ? 'verifies' : `verifies until ${timeText(key.retiresAt)}`
}

function timeText(at: number): string {
  return new Date(at).toISOString()
}
