import type { SelectQueryBuilder } from 'kysely'
import type { EventType } from '../../settings/event-types.ts'
import type { Database } from '../../storage/open.ts'
import type { EventTable, Tables } from '../../storage/tables.ts'
import { eventColumns } from '../columns.ts'

/** Which events to list; what is left out does not matter. */
export interface EventFilter {
  userIds?: readonly string[]
  types?: readonly EventType[]
  sessionId?: string
  ip?: string
  /** Milliseconds since 1970; `since` is included, `until` is not. */
  since?: number
  until?: number
}

const pageSize = 500

/** The newest events that fit, `limit` at most, oldest first, some at a time. */
export async function* listEvents(
  db: Database,
  filter: EventFilter,
  limit: number,
): AsyncGenerator<EventTable[]> {
  const fitting = () => narrow(db.selectFrom('events'), filter)
  const first = await fitting()
    .select('id')
    .orderBy('id', 'desc')
    .offset(limit - 1)
    .limit(1)
    .executeTakeFirst()
  let after = ''
  for (let left = limit; left > 0; ) {
    const page = await fitting()
      .select(eventColumns)
      .where('id', '>=', first?.id ?? '')
      .where('id', '>', after)
      .orderBy('id')
      .limit(Math.min(pageSize, left))
      .execute()
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    left -= page.length
    after = page.at(-1)?.id ?? ''
  }
}

type Query = SelectQueryBuilder<Tables, 'events', object>

function narrow(query: Query, filter: EventFilter): Query {
  const { userIds, types, sessionId, ip, since, until } = filter
  let narrowed = query
  if (userIds) narrowed = narrowed.where('user_id', 'in', userIds)
  if (types) narrowed = narrowed.where('type', 'in', types)
  if (sessionId !== undefined) narrowed = narrowed.where('session_id', '=', sessionId)
  if (ip !== undefined) narrowed = narrowed.where('ip', '=', ip)
  if (since !== undefined) narrowed = narrowed.where('created_at', '>=', since)
  if (until !== undefined) narrowed = narrowed.where('created_at', '<', until)
  return narrowed
}
