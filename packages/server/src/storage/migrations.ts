import type { Migration } from './migration.ts'
import { initial } from './migrations/0001-initial.ts'
import { secondFactors } from './migrations/0002-second-factors.ts'
import { sessionLifetimes } from './migrations/0003-session-lifetimes.ts'
import { tokens } from './migrations/0004-tokens.ts'
import { audit } from './migrations/0005-audit.ts'
import { providers } from './migrations/0006-providers.ts'
import { leases } from './migrations/0007-leases.ts'
import { language } from './migrations/0008-language.ts'

/** The steps from an empty database to the schema of this version, in order. */
export const migrations: readonly Migration[] = [
  initial,
  secondFactors,
  sessionLifetimes,
  tokens,
  audit,
  providers,
  leases,
  language,
]
