import { resealMarks } from '../../events/chain/reseal.ts'
import { resealAll } from '../../mfa/reseal.ts'
import { keysFor } from '../../parts.ts'
import { resealKeys } from '../../signing-keys/store.ts'
import { type Command, CommandError, exitCodes } from '../command.ts'
import { settingsOfProcess } from '../settings.ts'
import { withDatabase } from '../with-database.ts'

export const resealCommand: Command = {
  name: 'reseal',
  summary: 'Encrypt what is kept anew, under the first secret',
  help: `After SECRET_KEY was replaced and every server runs with the new one first: writes what is kept of
authenticators and of keys that sign tokens anew, and seals the ends of the audit log, so that the old
secret can go from SECRET_KEY_FALLBACKS. Recovery codes that may
not be shown any more (MFA_RECOVERY_CODES_SHOW_ONCE) are kept by a hash alone and stay bound to the
old one; it says how many.`,
  options: {},
  async run() {
    const { settings } = await settingsOfProcess()
    const keys = keysFor(settings)
    return withDatabase(settings, async (db) => {
      const isAuditSealed = await resealMarks(db, keys)
      const { authenticators, codes, codesLeft, unreadable } = await resealAll(db, keys)
      process.stdout.write(`${authenticators} authenticators and ${codes} recovery codes\n`)
      const signingKeys = await resealKeys(db, keys)
      process.stdout.write(`${signingKeys.resealed} keys that sign tokens\n`)
      if (codesLeft > 0) {
        process.stdout.write(`${codesLeft} recovery codes stay bound to the secret of their time\n`)
      }
      if (isAuditSealed) process.stdout.write('The audit log is sealed.\n')
      const lost = unreadable + signingKeys.unreadable
      if (lost > 0) {
        throw new CommandError(
          `${lost} can not be decrypted: is a secret missing in SECRET_KEY_FALLBACKS?`,
        )
      }
      if (!isAuditSealed) {
        throw new CommandError(
          'the audit log is sealed by none of the secrets: is one missing in SECRET_KEY_FALLBACKS?',
        )
      }
      return exitCodes.done
    })
  },
}
