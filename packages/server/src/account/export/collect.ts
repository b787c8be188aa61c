import type { AccountEvent, AccountExport } from '@latchkey/contract'
import { signedInUser } from '../../authentication/signed-in.ts'
import { describeAuthenticator } from '../../authenticators/describe.ts'
import { listAuthenticators } from '../../authenticators/store.ts'
import { listEvents } from '../../events/list/store.ts'
import type { Exchange } from '../../exchange.ts'
import { listSessions } from '../../sessions/list.ts'
import { listConnections } from '../../socialaccount/store.ts'
import type { Database } from '../../storage/open.ts'
import type { EventTable } from '../../storage/tables.ts'
import { listTrustedBrowsers } from '../../trusted-browsers/store.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { findPhoneNumber } from '../../users/phone-numbers.ts'
import { describeAccount } from '../describe-account.ts'

// What an answer can hold in memory without harm to others; years of use make fewer.
const mostEvents = 10_000

/** Everything that is stored about the signed-in user, in the words of the API, without secrets. */
export async function collectAccount(ctx: Exchange): Promise<AccountExport> {
  const { db, now } = ctx.server
  const { id } = signedInUser(ctx)
  const phone = await findPhoneNumber(db, id)
  const events = await newestEvents(db, id)
  return {
    exported_at: now() / 1000,
    account: await describeAccount(ctx),
    email_addresses: (await listEmailAddresses(db, id)).map((it) => ({
      email: it.email,
      primary: it.isPrimary,
      verified: it.isVerified,
    })),
    phone_numbers: phone ? [{ phone: phone.phone, verified: phone.isVerified }] : [],
    authenticators: await collectAuthenticators(ctx, id),
    provider_accounts: (await listConnections(db, id)).map((it) => ({
      uid: it.uid,
      provider: it.provider,
      display: it.label,
      created_at: it.createdAt / 1000,
      last_login_at: seconds(it.lastLoginAt),
    })),
    sessions: (await listSessions(db, id, now())).map((it) => ({
      id: it.number,
      user_agent: it.userAgent,
      ip: it.ip,
      created_at: it.createdAt / 1000,
      last_seen_at: it.lastSeenAt / 1000,
      is_current: it.id === ctx.session.id,
    })),
    trusted_browsers: (await listTrustedBrowsers(db, id, now())).map((it) => ({
      user_agent: it.userAgent,
      ip: it.ip,
      created_at: it.createdAt / 1000,
      expires_at: it.expiresAt / 1000,
    })),
    events: events.slice(-mostEvents).map(describeEvent),
    has_older_events: events.length > mostEvents,
  }
}

/** Their kinds describe them as everywhere, so no secret gets in here that stays out elsewhere. */
async function collectAuthenticators(
  ctx: Exchange,
  userId: string,
): Promise<AccountExport['authenticators']> {
  const described: AccountExport['authenticators'] = []
  for (const authenticator of await listAuthenticators(ctx.server.db, userId)) {
    // The contract describes what the kinds answer; the tests hold it against them.
    const one = (await describeAuthenticator(ctx, authenticator)) as (typeof described)[number]
    described.push(one)
  }
  return described
}

/** One more than are listed, to know whether there are more. */
async function newestEvents(db: Database, userId: string): Promise<EventTable[]> {
  const events: EventTable[] = []
  for await (const page of listEvents(db, { userIds: [userId] }, mostEvents + 1))
    events.push(...page)
  return events
}

function describeEvent({ type, created_at, ip, user_agent, data }: EventTable): AccountEvent {
  return { type, at: created_at / 1000, ip, user_agent, details: JSON.parse(data) }
}

function seconds(time: number | null): number | null {
  return time === null ? null : time / 1000
}
