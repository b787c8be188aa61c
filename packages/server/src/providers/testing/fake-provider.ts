import type { Json } from '../json.ts'
import type { ProviderApi } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'

/** What a provider was asked. */
export interface Asked {
  url: URL
  body?: Parameters<ProviderApi['post']>[1]
  headers?: Readonly<Record<string, string>> | undefined
}

/** A provider that has these answers, by address without query, and fails at every other address. */
export function fakeProvider(
  answers: Readonly<Record<string, Json>>,
  given: Partial<ProviderApi> = {},
): { api: ProviderApi; asked: Asked[] } {
  const asked: Asked[] = []
  async function answer(call: Asked): Promise<Json> {
    asked.push(call)
    const address = call.url.origin + call.url.pathname
    if (!Object.hasOwn(answers, address)) {
      throw new ProviderError(`no answer at ${address}`, { status: 404 })
    }
    return answers[address]
  }
  const api: ProviderApi = {
    options: {},
    clientId: 'client',
    clientSecret: 'secret',
    accessToken: 'token',
    asksEmail: true,
    tokens: {},
    callback: new URLSearchParams(),
    get: (url, headers) => answer({ url: new URL(url), headers }),
    post: (url, body, headers) => answer({ url: new URL(url), body, headers }),
    ...given,
  }
  return { api, asked }
}
