import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { App } from './app.ts'
import { type Endpoints, findEndpoints } from './endpoints.ts'
import { at, listAt } from './json.ts'
import { ProviderError } from './provider-error.ts'
import type { ReadJson } from './read-json.ts'

const keepMs = 3_600_000
/** Between two looks for a key that is not there, whoever names it. */
const retryMs = 30_000

/** What is known of the providers of the settings; asked once, and kept for an hour. */
export interface Directory {
  /** @throws ProviderError where the issuer does not say. */
  endpointsOf(app: App): Promise<Endpoints>
  /** Finds the key that a token names, and looks for new keys where it is unknown. */
  keysOf(app: App): JWTVerifyGetKey
}

interface Kept<T> {
  at: number
  value: Promise<T>
}

/** What fails is asked anew, from the start: keys are kept no longer than the document that led there. */
export function createDirectory(readJson: ReadJson, now: () => number): Directory {
  const endpoints = new Map<App, Kept<Endpoints>>()
  const keys = new Map<App, Kept<JWTVerifyGetKey>>()

  function keep<T>(
    kept: Map<App, Kept<T>>,
    app: App,
    { ask, maxAgeMs }: { ask: () => Promise<T>; maxAgeMs: number },
  ): Promise<T> {
    const known = kept.get(app)
    if (known && now() - known.at < maxAgeMs) return known.value
    const value = ask()
    kept.set(app, { at: now(), value })
    value.catch(() => {
      endpoints.delete(app)
      keys.delete(app)
    })
    return value
  }

  function endpointsOf(app: App): Promise<Endpoints> {
    return keep(endpoints, app, { ask: () => findEndpoints(app, readJson), maxAgeMs: keepMs })
  }

  async function fetchKeys({ jwks }: Endpoints): Promise<JWTVerifyGetKey> {
    if (jwks === undefined) throw new ProviderError('the provider has no keys')
    return createLocalJWKSet(readKeys(await readJson(jwks)))
  }

  /** Whoever names a key that there is not, while the issuer does not answer, takes no good key away. */
  async function refreshKeys(app: App, known: JWTVerifyGetKey): Promise<JWTVerifyGetKey> {
    try {
      const found = await findEndpoints(app, readJson)
      const fresh = await fetchKeys(found)
      endpoints.set(app, { at: now(), value: Promise.resolve(found) })
      return fresh
    } catch {
      // It fails all the same, since the key is not among those that are known.
      return known
    }
  }

  return {
    endpointsOf,
    keysOf: (app) => async (header, token) => {
      const find = async () => fetchKeys(await endpointsOf(app))
      const known = await keep(keys, app, { ask: find, maxAgeMs: keepMs })
      try {
        return await known(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
        const ask = () => refreshKeys(app, known)
        const fresh = await keep(keys, app, { ask, maxAgeMs: retryMs })
        return fresh(header, token)
      }
    },
  }
}

function readKeys(document: unknown): JSONWebKeySet {
  if (!Array.isArray(at(document, 'keys')))
    throw new ProviderError('the keys of the issuer are none')
  const keys = listAt(document, 'keys').filter((it) => typeof it === 'object' && it !== null)
  // Objects, as far as anybody can say: the library looks at the members of the one that it takes.
  return { keys: keys as JSONWebKeySet['keys'] }
}
