import type { App } from './app.ts'
import type { Json } from './json.ts'
import type { ProviderApi } from './provider.ts'
import type { ReadJson } from './read-json.ts'

/** What a provider is asked with, in the name of whoever the token is of. */
export function createProviderApi(
  { clientId, secret: clientSecret, options, asksEmail }: App,
  readJson: ReadJson,
  given: { accessToken: string; tokens: Json; callback: URLSearchParams },
): ProviderApi {
  const authorization = `Bearer ${given.accessToken}`
  return {
    options,
    clientId,
    clientSecret,
    asksEmail,
    ...given,
    get: (url, headers) => readJson(url, { headers: { authorization, ...headers } }),
    post(url, body, headers) {
      const isForm = body instanceof URLSearchParams
      return readJson(url, {
        method: 'POST',
        headers: {
          authorization,
          'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
          ...headers,
        },
        body: isForm ? body : JSON.stringify(body),
      })
    },
  }
}
