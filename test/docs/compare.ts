/**
 * How an answer differs from the one that a page shows. In a shown text, `…` stands for any text that
 * is not empty; a shown number of ten digits or more is a time and stands for any time, and a shown
 * number by the name of `id` for any.
 */
export function differences(shown: unknown, actual: unknown, path = 'the answer'): string[] {
  if (Array.isArray(shown)) return listDifferences(shown, actual, path)
  if (isObject(shown)) return objectDifferences(shown, actual, path)
  return fits(shown, actual) ? [] : [`${path}: shown ${write(shown)}, found ${write(actual)}`]
}

/** Whether a text is the one that is shown, `…` standing for any text. */
export function fitsText(shown: string, actual: string): boolean {
  const parts = shown.split('…').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.+')}$`, 's').test(actual)
}

function fits(shown: unknown, actual: unknown): boolean {
  if (typeof shown === 'string') return typeof actual === 'string' && fitsText(shown, actual)
  if (typeof shown === 'number' && shown > 1e9) return typeof actual === 'number' && actual > 1e9
  return shown === actual
}

function listDifferences(shown: readonly unknown[], actual: unknown, path: string): string[] {
  if (!Array.isArray(actual) || actual.length !== shown.length) {
    return [`${path}: shown ${write(shown)}, found ${write(actual)}`]
  }
  return shown.flatMap((entry, index) => differences(entry, actual[index], `${path}[${index}]`))
}

function objectDifferences(
  shown: Record<string, unknown>,
  actual: unknown,
  path: string,
): string[] {
  if (!isObject(actual)) return [`${path}: shown an object, found ${write(actual)}`]
  const names = new Set([...Object.keys(shown), ...Object.keys(actual)])
  return [...names].flatMap((name) => {
    const where = `${path}.${name}`
    if (!Object.hasOwn(shown, name)) return [`${where}: not shown, found ${write(actual[name])}`]
    if (!Object.hasOwn(actual, name)) return [`${where}: shown, but not there`]
    if (name === 'id' && typeof shown[name] === 'number' && typeof actual[name] === 'number')
      return []
    return differences(shown[name], actual[name], where)
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function write(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}
