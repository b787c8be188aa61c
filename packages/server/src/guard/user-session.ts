import type { Client, MethodRecord, Session, SessionUser } from '../exchange.ts'
import type { Settings } from '../settings/settings.ts'
import { describeUser } from '../users/display.ts'

/** What a request proved who sent it with. */
export type Credential = 'cookie' | 'session_token' | 'access_token'

/** Who sent a request. Nothing in it opens a session: it may be logged or shown to its user. */
export interface UserSession {
  user: {
    id: string
    /** What to call the user: the username, else the email address, else the id. */
    display: string
    /** The primary address; null without one. */
    email: string | null
    username: string | null
    /** False for users who have no password, as after signing up with a passkey. */
    hasUsablePassword: boolean
  }
  /** How the user has proved to be the one, oldest first; `at` is in seconds since 1970. */
  methods: readonly MethodRecord[]
  client: Client
  credential: Credential
  session: {
    /** Of the session, which a browser keeps where somebody else signs in without a sign-out. */
    id: string
    /** When the user signed in. */
    createdAt: Date
    /** When the user last proved to be the one; null after a mere sign-up. */
    provedAt: Date | null
  }
}

/** A session in which a user is signed in, as the program around us sees it. */
export function describeSession(
  session: Session & { user: SessionUser },
  { client, credential, settings }: { client: Client; credential: Credential; settings: Settings },
): UserSession {
  const { display, email, username, has_usable_password } = describeUser(session.user, settings)
  const { methods, provedAt } = session.state
  if (session.id === null || session.createdAt === null)
    throw new Error('expected a stored session')
  return {
    user: {
      id: session.user.id,
      display,
      email: email ?? null,
      username: username ?? null,
      hasUsablePassword: has_usable_password,
    },
    methods: methods ?? [],
    client,
    credential,
    session: {
      id: session.id,
      createdAt: new Date(session.createdAt),
      provedAt: provedAt === undefined ? null : new Date(provedAt),
    },
  }
}
