import type { Operation } from './operations.ts'

/** Puts the input where the operation has it: a header, the query or the body. */
export function written(
  { method, path, keyHeader }: Operation,
  input: object | undefined,
  headers: Record<string, string>,
): { target: string; init: RequestInit } {
  if (input === undefined) return { target: path, init: { method, headers } }
  if (method !== 'GET') {
    const typed = { ...headers, 'Content-Type': 'application/json' }
    return { target: path, init: { method, headers: typed, body: JSON.stringify(input) } }
  }
  if (keyHeader !== undefined) {
    const key = String(Reflect.get(input, 'key'))
    return { target: path, init: { method, headers: { ...headers, [keyHeader]: key } } }
  }
  // All that the API takes in a query are switches: there, whatever their value, or not.
  const on = Object.keys(input).filter((name) => Reflect.get(input, name))
  const target = on.length > 0 ? `${path}?${on.map((name) => `${name}=1`).join('&')}` : path
  return { target, init: { method, headers } }
}
