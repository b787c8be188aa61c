import type { MessageOf } from '../delivery/messages.ts'
import { usualEventTypes } from '../settings/event-types.ts'
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

/** An event as others see it, who may know none of our tables. */
export function describeRow(row: Omit<NewEventRow, 'type'> & { type: string }) {
  const { type, id, user_id, session_id, ip, user_agent } = row
  const own: object = JSON.parse(row.data)
  return {
    type,
    timestamp: new Date(row.created_at).toISOString(),
    data: { id, user_id, session_id, ip, user_agent, ...own },
  }
}
