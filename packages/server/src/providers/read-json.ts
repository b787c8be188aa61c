import type { Outbound } from '../outbound/outbound.ts'
import type { Json } from './json.ts'
import { ProviderError } from './provider-error.ts'

/** Asks for JSON. @throws ProviderError where something else came, or nothing. */
export type ReadJson = (url: string, init?: JsonRequest) => Promise<Json>

interface JsonRequest {
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string | URLSearchParams
}

/** What asks for JSON by a guarded `fetch`. */
export function createReadJson(fetch: Outbound['fetch']): ReadJson {
  return async function readJson(url, { method = 'GET', headers = {}, body } = {}) {
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'user-agent': 'latchkey', ...headers },
      body,
      redirect: 'manual',
    })
    const host = URL.parse(url)?.host
    const { status } = response
    if (!response.ok) throw new ProviderError(`${host} answered ${status}`, { status })
    try {
      return await response.json()
    } catch {
      // Not with the cause, which shows what was answered.
      throw new ProviderError(`${host} answered something else than JSON`)
    }
  }
}
