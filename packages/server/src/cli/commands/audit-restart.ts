import { areMarksSealed } from '../../events/chain/reseal.ts'
import { acceptMarks } from '../../events/chain/restart.ts'
import { type EventParts, writeEventFrom } from '../../events/store.ts'
import type { Database } from '../../storage/open.ts'
import { transact } from '../../storage/transact.ts'
import { type Command, CommandError, exitCodes, UsageError } from '../command.ts'
import { commandOrigin } from '../origin.ts'
import { settingsOfProcess } from '../settings.ts'
import { keysOfServers, withDatabase } from '../with-database.ts'

export const auditRestartCommand: Command = {
  name: 'audit restart',
  summary: 'Seal the audit log as it is, where no secret fits it any more',
  help: `For when a secret was lost, or servers ran with secrets of which none knew that of the other, so that audit
verify finds an end that no secret has sealed and reseal refuses it. Takes both ends as they are, seals them under
SECRET_KEY, and writes an event, audit_restarted, that says so. Nothing proves any more that the events up to
there are all there, so look for a reason first. What audit verify finds between the ends it finds afterwards
too. Servers may run meanwhile.`,
  options: { yes: { type: 'boolean', help: 'Has to be given: nothing is asked.' } },
  async run(values) {
    if (values.yes !== true) {
      throw new UsageError('what was proved of the events so far is given up: add --yes')
    }
    const { settings } = await settingsOfProcess()
    const parts = { settings, keys: keysOfServers(settings) }
    return withDatabase(settings, async (db) => {
      const seq = await restart(db, parts)
      process.stdout.write(`The ends of the audit log are sealed; event ${seq} was the last.\n`)
      return exitCodes.done
    })
  },
}

async function restart(db: Database, parts: EventParts): Promise<number> {
  if (await areMarksSealed(db, parts.keys)) {
    throw new CommandError('both ends are sealed by a secret of the settings: nothing to restart')
  }
  return transact(db, async (tx) => {
    const seq = await acceptMarks(tx, parts.keys)
    const event = { type: 'audit_restarted', userId: null, seq } as const
    await writeEventFrom(tx, parts, { event, origin: commandOrigin() })
    return seq
  })
}
