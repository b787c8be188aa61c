import { enqueue } from '../delivery/store.ts'
import { LostRace } from '../errors.ts'
import { countEvents, writeEvents } from '../events/store.ts'
import type { Exchange, PendingWrites } from '../exchange.ts'
import { isOwnerMissing } from '../storage/errors.ts'
import { loadSessionUser, lockUser } from '../users/users.ts'
import { requireCurrent, saveSession } from './store.ts'
import { issueTokens } from './tokens.ts'

export function noWrites(): PendingWrites {
  const after = { whenWritten: [], whenUndone: [] }
  return { writes: [], messages: [], events: [], signIn: null, ...after }
}

/**
 * Writes what the request changed, in one transaction: its own writes, the session, messages and
 * events. Nothing happens where nothing changed.
 * @throws LostRace if another request changed the session meanwhile, or a conflict of the database: then
 * nothing was written.
 */
export async function commit(ctx: Exchange): Promise<void> {
  const { writes, messages, events, signIn, whenWritten, whenUndone } = ctx.pending
  const { session, server } = ctx
  const hasNewState = JSON.stringify(session.state) !== session.savedState
  const hasWrites = writes.length + messages.length + events.length > 0
  if (!hasWrites && !hasNewState && session.change === 'none') return
  const idBefore = session.id
  const written = server.db.transaction().execute(async (tx) => {
    const userId = writes.length > 0 ? (signIn ?? session.user?.id) : undefined
    // First of all: two that have shares of the row already could only wait for one another.
    if (userId) await lockUser(tx, userId)
    for (const write of writes) await write(tx)
    if (userId) session.user = await loadSessionUser(tx, userId)
    if (hasNewState || session.change !== 'none') await saveSession(tx, ctx)
    else if (writes.length > 0) await requireCurrent(tx, session)
    await enqueue(tx, messages, { keys: server.keys, now: server.now })
    return messages.length + (await writeEvents(tx, ctx, session.id ?? idBefore))
  })
  const toSend = await written.catch(async (error: unknown) => {
    for (const undo of whenUndone) await undo()
    // The user was deleted meanwhile, and the session with them.
    throw isOwnerMissing(error) ? new LostRace({ cause: error }) : error
  })
  countEvents(server, events)
  ctx.pending = noWrites()
  for (const follow of whenWritten) await follow()
  if (toSend > 0) server.outbox.kick()
  if (signIn !== null) await issueTokens(ctx)
}
