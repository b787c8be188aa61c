/** What an app keeps: its session's token, and the pair of a server that hands out such. */
export type TokenName = 'session' | 'access' | 'refresh'

/** Where an app keeps its tokens. */
export interface TokenStore {
  get(name: TokenName): string | null | Promise<string | null>
  /** Null forgets it. */
  set(name: TokenName, token: string | null): void | Promise<void>
}

/** Keeps tokens until the program ends. */
export function memoryTokens(): TokenStore {
  const tokens = new Map<TokenName, string>()
  return {
    get: (name) => tokens.get(name) ?? null,
    set(name, token) {
      if (token === null) tokens.delete(name)
      else tokens.set(name, token)
    },
  }
}

/** A store of texts by name: `localStorage`, React Native's AsyncStorage, or a wrapper of the platform's keychain. */
export interface TextStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): unknown
  removeItem(key: string): unknown
}

/**
 * Keeps tokens in such a store, under `prefix`. Any script of a page can read its `localStorage`: pages are
 * better off with the client `browser`, whose session is a cookie that no script sees.
 */
export function storedTokens(storage: TextStorage, prefix = 'latchkey.'): TokenStore {
  return {
    get: (name) => storage.getItem(prefix + name),
    async set(name, token) {
      if (token === null) await storage.removeItem(prefix + name)
      else await storage.setItem(prefix + name, token)
    },
  }
}
