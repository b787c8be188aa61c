import { replaceKeys, rotateKeys } from '../../signing-keys/rotate.ts'
import { jwksMaxAgeSeconds } from '../../tokens/well-known.ts'
import { type Command, exitCodes, UsageError } from '../command.ts'
import { withStoredKeys } from '../signing-keys.ts'

// Twice as long as anybody keeps the public keys: all know the new one before it signs.
const leadMs = 2 * jwksMaxAgeSeconds * 1000

export const keysRotateCommand: Command = {
  name: 'keys rotate',
  summary: 'Make a new key to sign tokens with',
  help: `Makes a key that signs in ${leadMs / 60_000} minutes, when every service that reads the public keys has
seen it. What the present key has signed goes on working until it expires. Nothing has to be
restarted. Prints the id of the new key.`,
  options: {
    now: { type: 'boolean', help: 'The new key signs at once.' },
    compromised: {
      type: 'boolean',
      help: 'The other keys are known to somebody: removes them, and with them all tokens.',
    },
  },
  run({ now: isAtOnce, compromised }) {
    if (isAtOnce && compromised) throw new UsageError('--compromised is at once in any case')
    return withStoredKeys(async (stored) => {
      const afterMs = isAtOnce ? 0 : leadMs
      const kid = compromised ? await replaceKeys(stored) : await rotateKeys(stored, afterMs)
      process.stdout.write(`${kid}\n`)
      return exitCodes.done
    })
  },
}
