import type { Link } from '../../events/chain/links.ts'
import { type Broken, problems, verifyChain, type Whole } from '../../events/chain/verify.ts'
import { listUsers } from '../../users/list.ts'
import {
  type Command,
  CommandError,
  type CommandValues,
  exitCodes,
  textOption,
  UsageError,
} from '../command.ts'
import { settingsOfProcess } from '../settings.ts'
import { keysOfServers, withDatabase } from '../with-database.ts'

export const auditVerifyCommand: Command = {
  name: 'audit verify',
  summary: 'Check that nobody has changed, removed or inserted events',
  help: `Follows the chain of hashes from the oldest event to the newest and checks the seals at both ends, for which
it needs SECRET_KEY. Prints how many events there are, and a checkpoint. Keep that elsewhere: given back by
--checkpoint, it also shows that the database was not taken back to an earlier time. Ends with 1, and
says where, if the chain is not whole. Servers may run meanwhile.`,
  options: {
    checkpoint: { type: 'string', help: 'What an earlier run printed: it has to be in the chain.' },
  },
  async run(values) {
    const checkpoint = readCheckpoint(values)
    const { settings } = await settingsOfProcess()
    const keys = keysOfServers(settings)
    return withDatabase(settings, async (db) => {
      const found = await verifyChain(db, keys, checkpoint)
      if (!found.isWhole) throw new CommandError(describeBreak(found))
      if (found.to === 0 && (await listUsers(db, { limit: 1 })).length > 0) {
        throw new CommandError(
          'no events yet, but there are users: the log was emptied, or has begun after they came',
        )
      }
      process.stdout.write(describeChain(found))
      return exitCodes.done
    })
  },
}

function readCheckpoint(values: CommandValues): Link | undefined {
  const text = textOption(values, 'checkpoint')
  if (text === undefined) return undefined
  const [, seq, hash] = /^([1-9]\d{0,15}):([\w-]{43})$/.exec(text.trim()) ?? []
  if (seq === undefined || hash === undefined) {
    throw new UsageError('--checkpoint: expected what an earlier run printed, such as 12:WvP…')
  }
  return { seq: Number(seq), hash }
}

function describeBreak({ seq, problem }: Broken): string {
  return `${seq === null ? 'an event' : `event ${seq}`}: ${problems[problem]}`
}

function describeChain({ count, from, to, hash, outside }: Whole): string {
  const old =
    outside > 0 ? `${outside} events are older than the chain: nothing is known of them\n` : ''
  if (to === 0) return `${old}no events yet\n`
  const events =
    count > 0 ? `${count} events, ${from} to ${to}: whole` : `no events since ${to}: whole`
  return `${old}${events}\ncheckpoint ${to}:${hash}\n`
}
