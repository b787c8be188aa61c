import {
  badOption,
  countCharacters,
  type PasswordOwner,
  type RuleKind,
  type RuleOptions,
} from './rule.ts'

interface Attribute {
  name: string
  label: string
  read(owner: PasswordOwner): string | undefined
}

const attributes: readonly Attribute[] = [
  { name: 'username', label: 'username', read: (owner) => owner.username },
  { name: 'first_name', label: 'first name', read: (owner) => owner.firstName },
  { name: 'last_name', label: 'last name', read: (owner) => owner.lastName },
  { name: 'email', label: 'email address', read: (owner) => owner.email },
]

const defaultMaxSimilarity = 0.7
const lowestMaxSimilarity = 0.1
const separators = /[^\p{L}\p{N}_]+/u

/**
 * The password does not resemble what is known of its owner: neither a whole attribute nor a word of
 * it shares `max_similarity` (0.7) of its characters, in any order. `user_attributes` names what to
 * look at (`username`, `first_name`, `last_name`, `email`).
 */
export const userAttributeSimilarity: RuleKind = {
  name: 'UserAttributeSimilarityValidator',
  options: ['user_attributes', 'max_similarity'],
  create(options) {
    const checked = readAttributes(options)
    const maxSimilarity = readMaxSimilarity(options)
    return function checkNotSimilar(password, owner) {
      const candidate = password.toLowerCase()
      const similar = checked.find((attribute) =>
        partsOf(attribute.read(owner) ?? '').some((part) =>
          isSimilar(candidate, part, maxSimilarity),
        ),
      )
      if (!similar) return undefined
      return { code: 'password_too_similar', params: { attribute: similar.label } }
    }
  },
}

function readAttributes({ user_attributes: names }: RuleOptions): readonly Attribute[] {
  if (names === undefined) return attributes
  if (!Array.isArray(names)) throw badOption('user_attributes', 'a list of names', names)
  return names.map((name: unknown) => {
    const attribute = attributes.find((it) => it.name === name)
    if (attribute) return attribute
    const known = attributes.map((it) => it.name).join(', ')
    throw badOption('user_attributes', `names out of ${known}`, name)
  })
}

function readMaxSimilarity({ max_similarity: ratio = defaultMaxSimilarity }: RuleOptions): number {
  if (typeof ratio === 'number' && ratio >= lowestMaxSimilarity && ratio <= 1) return ratio
  throw badOption('max_similarity', `a number from ${lowestMaxSimilarity} to 1`, ratio)
}

function partsOf(value: string): string[] {
  const whole = value.toLowerCase()
  return [...whole.split(separators), whole].filter((part) => part !== '')
}

function isSimilar(password: string, part: string, maxSimilarity: number): boolean {
  const length = countCharacters(password)
  const partLength = countCharacters(part)
  // A short word within a long password gives nothing away.
  if (length >= 10 * partLength && partLength < (maxSimilarity / 2) * length) return false
  return (2 * countShared(password, part)) / (length + partLength) >= maxSimilarity
}

/** How many characters two texts have in common, wherever they stand. */
function countShared(one: string, other: string): number {
  const left = new Map<string, number>()
  for (const character of other) left.set(character, (left.get(character) ?? 0) + 1)
  let shared = 0
  for (const character of one) {
    const count = left.get(character) ?? 0
    if (count > 0) shared += 1
    left.set(character, count - 1)
  }
  return shared
}
