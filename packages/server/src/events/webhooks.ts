import type { MessageOf } from '../delivery/messages.ts'
import { usualEventTypes } from '../settings/event-types.ts'
import { isRecord } from '../settings/parser.ts'
import type { ServerSettings } from '../settings/settings.ts'
import type { NewEventRow } from './rows.ts'

/** What is posted of events: each of the wanted ones to each endpoint. */
export function webhooksFor(
  { webhookUrls, webhookEvents }: ServerSettings,
  rows: readonly NewEventRow[],
): MessageOf<'webhook'>[] {
  const types: readonly string[] = webhookEvents ?? usualEventTypes
  const wanted = rows.filter(({ type }) => types.includes(type))
  return wanted.flatMap((row) => {
    const body = JSON.stringify(describeRow(row))
    return webhookUrls.map(
      (url) => ({ kind: 'webhook', webhook: { url, id: row.id, body } }) as const,
    )
  })
}

/**
 * An event as others see it, who may know none of our tables. What was changed so that it makes no sense
 * any more stands there as it is.
 */
export function describeRow(row: Omit<NewEventRow, 'type'> & { type: string }) {
  const { type, id, user_id, session_id, ip, user_agent, created_at: at } = row
  return {
    type,
    timestamp: describeTime(at),
    data: { id, user_id, session_id, ip, user_agent, ...readData(row.data) },
  }
}

/** What an event tells besides; where that is no object, the text itself as `data`. */
export function readData(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text)
    if (isRecord(data)) return data
  } catch {
    // Then it is not what was written.
  }
  return { data: text }
}

/** A time as ISO 8601 writes it; one that is out of its range, as it is. */
export function describeTime(at: number): string {
  const date = new Date(Number(at))
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString()
}
