import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Auth, assembledOf } from '../auth.ts'
import { answerIncoming } from './answer.ts'

/**
 * Handles requests of Node's own servers, and of frameworks that pass them on: `(req, res) => void`.
 * Give it what is below `/_allauth/` and `/_latchkey/`, before anything has read the body.
 */
export function createNodeHandler(
  auth: Auth,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const assembled = assembledOf(auth)
  return (incoming, outgoing) => answerIncoming(assembled, incoming, outgoing)
}
