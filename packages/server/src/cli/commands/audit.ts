import { knownEventTypes } from '../../events/events.ts'
import { type EventFilter, listEvents } from '../../events/list/store.ts'
import { describeRow, describeTime, readData } from '../../events/webhooks.ts'
import type { EventType } from '../../settings/event-types.ts'
import type { Database } from '../../storage/open.ts'
import type { EventTable } from '../../storage/tables.ts'
import { oneSpelling } from '../../users/spelling.ts'
import { findUserByUsername, findUsersByEmail } from '../../users/users.ts'
import {
  type Command,
  CommandError,
  type CommandValues,
  exitCodes,
  textOption,
  UsageError,
} from '../command.ts'
import { fitTo, toPrintable } from '../printable.ts'
import { settingsOfProcess } from '../settings.ts'
import { readTime } from '../time-option.ts'
import { withDatabase } from '../with-database.ts'

const usualLimit = 100
const mostEvents = 1_000_000

export const auditCommand: Command = {
  name: 'audit',
  summary: 'List what happened to accounts, newest last',
  help: `Prints the newest events that fit all of the options: time, type, user, client address, and what else the
event tells. Control characters are written as \\u001b. With --json it prints one object a line, complete.
docs/audit.md lists the types.`,
  options: {
    user: { type: 'string', help: 'Of this user: an id, address or username.' },
    type: { type: 'string', help: 'Of these types, with commas between them.' },
    since: { type: 'string', help: 'From this time on: 2026-11-24, 24h or 7d.' },
    until: { type: 'string', help: 'Before this time.' },
    session: { type: 'string', help: 'In this session.' },
    ip: { type: 'string', help: 'From this client address.' },
    limit: { type: 'string', help: `At most so many. Without it: ${usualLimit}.` },
    json: { type: 'boolean', help: 'One JSON object a line.' },
  },
  async run(values) {
    const filter = readFilter(values)
    const limit = readLimit(textOption(values, 'limit'))
    const { settings } = await settingsOfProcess()
    return withDatabase(settings, async (db) => {
      const userIds = await findUserIds(db, textOption(values, 'user'))
      const show = values.json ? jsonLine : tableLine
      for await (const page of listEvents(db, { ...filter, ...userIds }, limit)) {
        for (const row of page) process.stdout.write(`${show(row)}\n`)
      }
      return exitCodes.done
    })
  },
}

/** @throws UsageError that names the option that is wrong. */
function readFilter(values: CommandValues): EventFilter {
  const now = Date.now()
  const { since, until, session, ip, type } = {
    since: textOption(values, 'since'),
    until: textOption(values, 'until'),
    session: textOption(values, 'session'),
    ip: textOption(values, 'ip'),
    type: textOption(values, 'type'),
  }
  return {
    ...(type !== undefined && { types: readTypes(type) }),
    ...(since !== undefined && { since: readTime('since', since, now) }),
    ...(until !== undefined && { until: readTime('until', until, now) }),
    ...(session !== undefined && { sessionId: session }),
    ...(ip !== undefined && { ip }),
  }
}

function readTypes(text: string): EventType[] {
  return text.split(',').map((name) => {
    const found = knownEventTypes.find((type) => type === name.trim())
    if (!found) throw new UsageError(`--type: there is no type "${toPrintable(name.trim())}"`)
    return found
  })
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return usualLimit
  const limit = Number(text)
  if (!/^\d+$/.test(text) || limit < 1 || limit > mostEvents) {
    throw new UsageError(`--limit: expected a number from 1 to ${mostEvents}`)
  }
  return limit
}

/**
 * Everybody whom the text fits: somebody may have the address of another as username. An id is taken as
 * it is: the events of a user who was deleted stay.
 */
async function findUserIds(db: Database, name: string | undefined): Promise<EventFilter> {
  if (name === undefined) return {}
  const named = await findUserByUsername(db, name)
  const users = await findUsersByEmail(db, oneSpelling(name.trim()))
  const ids = [...(named ? [named] : []), ...users].map(({ id }) => id)
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)
  const userIds = [...new Set(isId ? [name.toLowerCase(), ...ids] : ids)]
  if (userIds.length === 0) throw new CommandError(`there is no such user: ${toPrintable(name)}`)
  return { userIds }
}

function jsonLine(row: EventTable): string {
  const { type, timestamp, data } = describeRow(row)
  const { seq, hash } = row
  // Some drivers answer 64-bit integers as text; a place that is no number stays what it is.
  const place = seq === null || Number.isNaN(Number(seq)) ? seq : Number(seq)
  return toPrintable(JSON.stringify({ seq: place, type, timestamp, data, hash }))
}

/** As wide as the terminal at most, if it is one. */
function tableLine({ type, created_at: at, user_id: userId, ip, data }: EventTable): string {
  const own = Object.entries(readData(data)).map(([name, value]) => `${name}=${textOf(value)}`)
  const time = describeTime(at).replace(/\.\d+Z$/, 'Z')
  const cells = [time, type.padEnd(longestType), userId ?? '-'.padEnd(36), ip || '-', ...own]
  return fitTo(process.stdout.columns ?? Number.POSITIVE_INFINITY, toPrintable(cells.join('  ')))
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const longestType = Math.max(...knownEventTypes.map(({ length }) => length))
