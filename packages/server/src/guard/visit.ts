import type { Client, Exchange, Server } from '../exchange.ts'
import { isSecure } from '../http/hosts.ts'
import type { RequestHead } from '../http/transport.ts'
import { noWrites } from '../sessions/commit.ts'
import { lookUpSession } from '../sessions/open.ts'
import { newSession } from '../sessions/store.ts'
import type { HeadlessSettings } from '../settings/settings.ts'
import type { Credential } from './user-session.ts'

/** A request to a route that is not ours, with the session of whoever sent it. Nothing is written. */
export interface Visit {
  readonly ctx: Exchange
  readonly head: RequestHead
  readonly credential: Credential
}

/** Looks up the session behind the first credential that is there: one query, if there is one. */
export async function openVisit(server: Server, head: RequestHead): Promise<Visit> {
  const { headless, server: deployment } = server.settings
  const { client, credential } = presented(head, headless)
  // A kind of client that is switched off has no sessions, whatever the database still holds.
  const isServed = headless.clients.includes(client)
  const { session } = isServed
    ? await lookUpSession(server, client, head)
    : { session: newSession() }
  const request = {
    method: head.method,
    body: {},
    ip: '',
    isSecure: isSecure(head, deployment),
    userAgent: head.header('user-agent') ?? '',
    header: (name: string) => head.header(name),
    hasQuery: () => false,
  }
  const ctx = { server, client, request, session, pending: noWrites(), paid: new Set<string>() }
  return { ctx, head, credential }
}

/** A page never sends the headers of an app by itself, so whoever sends one means it. */
function presented(
  head: RequestHead,
  headless: HeadlessSettings,
): { client: Client; credential: Credential } {
  if (headless.clients.includes('app')) {
    if (head.header('x-session-token')?.trim()) {
      return { client: 'app', credential: 'session_token' }
    }
    if (headless.tokenStrategy !== 'session' && hasAccessToken(head, headless)) {
      return { client: 'app', credential: 'access_token' }
    }
  }
  return { client: 'browser', credential: 'cookie' }
}

/** Other schemes, such as `Basic` of a proxy, say nothing about our users. */
function hasAccessToken(
  head: RequestHead,
  { jwtAuthorizationHeaderScheme: scheme }: HeadlessSettings,
): boolean {
  const [first = ''] = (head.header('authorization') ?? '').trim().split(/\s/, 1)
  return first.toLowerCase() === scheme.toLowerCase()
}
