import { commonPassword } from './common-password.ts'
import { minimumLength, requireLength } from './minimum-length.ts'
import { numericPassword } from './numeric-password.ts'
import type { PasswordOwner, PolicyViolation, Rule, RuleKind } from './rule.ts'
import { userAttributeSimilarity } from './user-attribute-similarity.ts'

/** A rule as the settings name it. */
export interface Validator {
  /** The rule's name, such as `MinimumLengthValidator`; a path before it is ignored. */
  NAME: string
  /** The rule's options; what they are depends on the rule. */
  OPTIONS?: Readonly<Record<string, unknown>>
}

/** Decides which new passwords are good enough. */
export interface Policy {
  /** All that speaks against a password, in the order of the rules. Empty: it is good enough. */
  check(password: string, owner?: PasswordOwner): PolicyViolation[]
}

/** The minimum length, in characters, that remains when there is no rule at all. */
const lengthWithoutRules = 6

const kinds: readonly RuleKind[] = [
  userAttributeSimilarity,
  minimumLength,
  commonPassword,
  numericPassword,
]

/**
 * Makes a policy of the rules listed in the settings. Throws for an unknown rule or option, naming
 * it.
 *
 * A `minLength` (characters) is asked for besides them. Without one, `lengthWithoutRules` holds
 * where there are no rules.
 */
export function createPolicy(validators: readonly Validator[], minLength?: number): Policy {
  const listed = validators.map(createRule)
  const length = minLength ?? (listed.length === 0 ? lengthWithoutRules : 0)
  const rules = [requireLength(length), ...listed]
  return {
    check(password, owner = {}) {
      const violations = rules.map((rule) => rule(password, owner)).filter((it) => it !== undefined)
      // Two rules may ask for a length; one of them says enough.
      return violations.filter(({ code }, index) => index === indexOf(violations, code))
    },
  }
}

function createRule({ NAME, OPTIONS = {} }: Validator): Rule {
  const name = NAME.slice(NAME.lastIndexOf('.') + 1)
  const kind = kinds.find((it) => it.name === name)
  if (!kind) {
    const known = kinds.map((it) => it.name).join(', ')
    throw new Error(`password validator ${NAME}: unknown; there are ${known}`)
  }
  const unknown = Object.keys(OPTIONS).find((option) => !kind.options.includes(option))
  if (unknown !== undefined) {
    throw new Error(`password validator ${name}: option ${unknown}: unknown`)
  }
  try {
    return kind.create(OPTIONS)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`password validator ${name}: ${reason}`, { cause })
  }
}

function indexOf(violations: readonly PolicyViolation[], code: string): number {
  return violations.findIndex((it) => it.code === code)
}
