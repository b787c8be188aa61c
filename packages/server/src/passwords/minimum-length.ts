import { badOption, countCharacters, type Rule, type RuleKind } from './rule.ts'

/** The password has at least `min_length` characters (8). */
export const minimumLength: RuleKind = {
  name: 'MinimumLengthValidator',
  options: ['min_length'],
  create({ min_length: length = 8 }) {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
      throw badOption('min_length', 'a whole number of characters', length)
    }
    return requireLength(length)
  },
}

/** The rule itself, for a length that is known to make sense. */
export function requireLength(length: number): Rule {
  return function checkLength(password) {
    if (countCharacters(password) >= length) return undefined
    return { code: 'password_too_short', params: { min_length: length } }
  }
}
