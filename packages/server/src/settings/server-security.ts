import { type CodeFormat, codeFormat } from './code-format.ts'
import type { Parser } from './parser.ts'
import { filledText, listOf, orNull, whole } from './parsers.ts'
import { defaultPasswordRules, type PasswordRule, passwordRules } from './password-rules.ts'

/** Secrets, codes, and how passwords are judged and stored. */
export interface ServerSecuritySettings {
  /**
   * The secret from which all keys are derived; 32 random characters or more. Whoever knows it can
   * forge links and read what is stored encrypted. Without one the server does not start, except in
   * development, where one is made.
   * @defaultValue null
   */
  secretKey: string | null
  /**
   * Earlier secrets. They verify what they signed but sign nothing new, so that a secret can be
   * replaced while links and cookies made with it are still out. Where several servers run, list a new
   * secret here first, on all of them, and put it in the place of the old one only then: a server that
   * does not know it neither reads what others write with it, nor can seal the audit log behind them.
   * @defaultValue []
   */
  secretKeyFallbacks: readonly string[]
  /**
   * What codes look like that people type: `numeric` for digits in place of consonants, `dashed`
   * for dashes between groups, `length` from 4 to 64 (not given: 8, or 9 if numeric).
   * @defaultValue { numeric: false, dashed: true, length: 8 }
   */
  userCodeFormat: CodeFormat
  /**
   * What a new password has to be: a list of `{ "NAME": …, "OPTIONS": … }` with
   * `UserAttributeSimilarityValidator` (`user_attributes`, `max_similarity`),
   * `MinimumLengthValidator` (`min_length`), `CommonPasswordValidator` and
   * `NumericPasswordValidator`; the name can be a dotted path. Empty: anything goes that is as long
   * as ACCOUNT_PASSWORD_MIN_LENGTH.
   * @defaultValue ['UserAttributeSimilarityValidator', 'MinimumLengthValidator', 'CommonPasswordValidator', 'NumericPasswordValidator']
   */
  authPasswordValidators: readonly PasswordRule[]
  /**
   * How long the link of a password reset works, in seconds, at least 1.
   * @defaultValue 259200
   */
  passwordResetTimeout: number
  /**
   * Memory that hashing one password takes, in KiB, from 19456 (19 MiB), which is
   * the least that OWASP recommends.
   * @defaultValue 19456
   */
  hashMemoryKib: number
  /**
   * How often hashing a password goes over that memory, at least 2.
   * @defaultValue 2
   */
  hashPasses: number
  /**
   * How many lanes hashing one password has, from 1 to 16.
   * @defaultValue 1
   */
  hashParallelism: number
  /**
   * How many passwords each process hashes at once, at least 1. `null`: one more than there are cores, or,
   * with WORKERS, the share that each has of the cores; in a library no more than Node's pool of threads has,
   * but one.
   * @defaultValue null
   */
  hashConcurrency: number | null
  /**
   * How many logins may wait for their turn to hash. Those beyond get 503 and are told when to come
   * back.
   * @defaultValue 256
   */
  hashMaxQueued: number
}

export const serverSecurityDefaults: ServerSecuritySettings = {
  secretKey: null,
  secretKeyFallbacks: [],
  userCodeFormat: { numeric: false, dashed: true, length: 8 },
  authPasswordValidators: defaultPasswordRules,
  passwordResetTimeout: 259200,
  hashMemoryKib: 19456,
  hashPasses: 2,
  hashParallelism: 1,
  hashConcurrency: null,
  hashMaxQueued: 256,
}

export const serverSecurityParsers = {
  secretKey: orNull(filledText),
  secretKeyFallbacks: listOf(filledText),
  userCodeFormat: codeFormat,
  authPasswordValidators: passwordRules,
  passwordResetTimeout: whole(1),
  hashMemoryKib: whole(19456, 4194304),
  hashPasses: whole(2, 1000),
  hashParallelism: whole(1, 16),
  hashConcurrency: orNull(whole(1)),
  hashMaxQueued: whole(0),
} satisfies { [K in keyof ServerSecuritySettings]: Parser<ServerSecuritySettings[K]> }
