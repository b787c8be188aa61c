import type { RuleKind } from './rule.ts'

const onlyDigits = /^\p{Nd}+$/u

/** The password is not made of digits alone, of whatever script. */
export const numericPassword: RuleKind = {
  name: 'NumericPasswordValidator',
  options: [],
  create() {
    return function checkNotNumeric(password) {
      if (!onlyDigits.test(password)) return undefined
      return { code: 'password_entirely_numeric', params: {} }
    }
  },
}
