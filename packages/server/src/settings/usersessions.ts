import type { Parser } from './parser.ts'
import { bool } from './parsers.ts'

/** What is kept about the places where a user is logged in. */
export interface UsersessionsSettings {
  /**
   * Keeps address, browser and time of the last use of each session, at most one write a minute, and
   * answers `last_seen_at` with the sessions. Off: they stay what they were at login.
   * @defaultValue false
   */
  trackActivity: boolean
}

export const usersessionsDefaults: UsersessionsSettings = { trackActivity: false }

export const usersessionsParsers = {
  trackActivity: bool,
} satisfies { [K in keyof UsersessionsSettings]: Parser<UsersessionsSettings[K]> }
