import type { Parser } from './parser.ts'
import { bool } from './parsers.ts'

/** What users may do with their account as a whole. */
export interface AccountDataSettings {
  /**
   * Lets users delete their account, after they authenticated a short while ago. It cannot be undone.
   * Off: only operators can.
   * @defaultValue true
   */
  deletionEnabled: boolean
  /**
   * Lets users export what is stored about them, after they authenticated a short while ago.
   * @defaultValue true
   */
  exportEnabled: boolean
}

export const accountDataDefaults: AccountDataSettings = {
  deletionEnabled: true,
  exportEnabled: true,
}

export const accountDataParsers = {
  deletionEnabled: bool,
  exportEnabled: bool,
} satisfies { [K in keyof AccountDataSettings]: Parser<AccountDataSettings[K]> }
