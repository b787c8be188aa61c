import { deleteStoredKeys } from '../codes/store.ts'
import type { AuthEvent } from '../events/events.ts'
import type { EventOrigin } from '../events/rows.ts'
import { type EventParts, writeEventFrom } from '../events/store.ts'
import { endSessions } from '../sessions/store.ts'
import type { Database, DatabaseTransaction } from '../storage/open.ts'
import { transact } from '../storage/transact.ts'
import { endTrust } from '../trusted-browsers/store.ts'
import { type Changed, setActive, setInactive } from '../users/activation.ts'
import { UserInputError } from '../users/create.ts'
import { eraseUser } from '../users/erase.ts'

/** What an operator acts with. */
export interface OperatorParts {
  db: Database
  now: () => number
  /** What its events are written with. */
  events: EventParts
  /** By what means, as the record of events has it. */
  means: 'command line' | 'library'
}

/** What is done to a user; all of it happens, or none. */
interface Act {
  event: Extract<AuthEvent['type'], 'user_deactivated' | 'user_activated' | 'user_deleted'>
  apply(tx: DatabaseTransaction, userId: string, now: number): Promise<Changed>
}

/**
 * Keeps a user from logging in, and ends at once, on every node, what there is: sessions, logins under
 * way, mailed codes and links, and the trust of browsers. Does no harm to one who is inactive already.
 * @throws UserInputError where there is no such user.
 */
export function deactivateUser(parts: OperatorParts, id: string): Promise<void> {
  return act(parts, id, {
    event: 'user_deactivated',
    async apply(tx, userId, now) {
      const changed = await setInactive(tx, userId)
      await endSessions(tx, { userId, exceptId: null, now })
      await endTrust(tx, userId)
      await deleteStoredKeys(tx, userId)
      return changed
    },
  })
}

/**
 * Lets a user log in again. Nothing that the deactivation ended comes back.
 * @throws UserInputError where there is no such user.
 */
export function activateUser(parts: OperatorParts, id: string): Promise<void> {
  return act(parts, id, { event: 'user_activated', apply: setActive })
}

/**
 * Removes a user with everything that belongs to them, but for the record of events. Sessions open
 * nothing from then on, on any node.
 * @throws UserInputError where there is no such user.
 */
export function deleteUser(parts: OperatorParts, id: string): Promise<void> {
  return act(parts, id, {
    event: 'user_deleted',
    apply: eraseUser,
  })
}

async function act(
  { db, now, events, means }: OperatorParts,
  userId: string,
  { event: type, apply }: Act,
): Promise<void> {
  const changed = await transact(db, async (tx) => {
    const outcome = await apply(tx, userId, now())
    if (outcome === 'changed') {
      const event = { type, userId }
      await writeEventFrom(tx, events, { event, origin: operatorOrigin(means, now()) })
    }
    return outcome
  })
  if (changed === 'missing') throw new UserInputError(`there is no such user: ${userId}`)
}

/** Who caused an event that no request did. */
export function operatorOrigin(means: OperatorParts['means'], now: number): EventOrigin {
  return { now, sessionId: null, ip: '', userAgent: `latchkey (${means})` }
}
