/** The parts that settings are grouped by; all but `server` begin the names in the environment. */
export const groups = [
  'account',
  'headless',
  'mfa',
  'portal',
  'socialaccount',
  'usersessions',
  'server',
] as const

export type Group = (typeof groups)[number]

export function isGroup(name: string): name is Group {
  return groups.some((group) => group === name)
}

/** These belong to the server but keep the prefix that they have in the original. */
const prefixedServerKeys = new Set([
  'trustedProxyCount',
  'trustedClientIpHeader',
  'userCodeFormat',
  'settingGetter',
  'defaultAutoField',
])

/** The name in the environment: `account`, `emailVerification` → `ACCOUNT_EMAIL_VERIFICATION`. */
export function flatName(group: Group, key: string): string {
  const snake = key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
  if (group !== 'server') return `${group.toUpperCase()}_${snake}`
  return prefixedServerKeys.has(key) ? `ALLAUTH_${snake}` : snake
}

/** The name in a settings file: `ACCOUNT_EMAIL_VERIFICATION` → `account.emailVerification`. */
export function pathName(flat: string): string {
  const group = groups.find((it) => it !== 'server' && flat.startsWith(`${it.toUpperCase()}_`))
  const rest = group === undefined ? flat.replace(/^ALLAUTH_/, '') : flat.slice(group.length + 1)
  const key = rest
    .toLowerCase()
    .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return `${group ?? 'server'}.${key}`
}

/** The known name that is closest to a wrong one, if any is close at all. */
export function nearestName(wrong: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(wrong.length / 4)) + 1
  for (const name of known) {
    const distance = editDistance(wrong.toLowerCase(), name.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [name, distance]
  }
  return best
}

/** How many letters have to be put in, taken out or exchanged to make one word the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let column = 1; column <= to.length; column++) {
      const exchanged = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1)
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, exchanged))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
