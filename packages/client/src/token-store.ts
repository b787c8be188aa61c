/** What an app keeps: its session's token, and the pair of a server that hands out such. */
export type TokenName = 'session' | 'access' | 'refresh'

/** Where an app keeps its tokens. */
export interface TokenStore {
  get(name: TokenName): string | null | Promise<string | null>
  /** Null forgets it. */
  set(name: TokenName, token: string | null): void | Promise<void>
  /** Calls `listener` when another tab has changed a token, and this one can see it. Returns what ends that. */
  onChange?(listener: (name: TokenName) => void): () => void
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

/** A store of texts by name: `localStorage`, `sessionStorage`, React Native's AsyncStorage. */
export interface TextStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): unknown
  removeItem(key: string): unknown
}

/** The same as `expo-secure-store` spells it, which keeps texts in the platform's keychain. */
export interface SecureTextStorage {
  getItemAsync(key: string): Promise<string | null>
  setItemAsync(key: string, value: string): Promise<void>
  deleteItemAsync(key: string): Promise<void>
}

/**
 * Keeps tokens in such a store, under `prefix`. Any script of a page can read its `localStorage`: pages are
 * better off with the client `browser`, whose session is a cookie that no script sees.
 */
export function storedTokens(
  storage: TextStorage | SecureTextStorage,
  prefix = 'latchkey.',
): TokenStore {
  const texts = 'getItemAsync' in storage ? plain(storage) : storage
  return {
    ...(isShared(storage) && { onChange: (listener) => followTabs(storage, prefix, listener) }),
    // Some stores have undefined for what is not there.
    get: async (name) => (await texts.getItem(prefix + name)) ?? null,
    async set(name, token) {
      if (token === null) await texts.removeItem(prefix + name)
      else await texts.setItem(prefix + name, token)
    },
  }
}

/** Whether it is a store of the browser, which tells a page of what other tabs do. Node.js has such stores, too. */
function isShared(storage: object): storage is Storage {
  return typeof document !== 'undefined' && storage instanceof Storage
}

function followTabs(storage: Storage, prefix: string, listener: (name: TokenName) => void) {
  const names = new Map<string | null, TokenName>(
    (['session', 'access', 'refresh'] as const).map((name) => [prefix + name, name]),
  )
  const onStorage = ({ storageArea, key }: StorageEvent) => {
    const name = names.get(key)
    if (storageArea === storage && name) listener(name)
  }
  addEventListener('storage', onStorage)
  return () => removeEventListener('storage', onStorage)
}

function plain(storage: SecureTextStorage): TextStorage {
  return {
    getItem: (key) => storage.getItemAsync(key),
    setItem: (key, value) => storage.setItemAsync(key, value),
    removeItem: (key) => storage.deleteItemAsync(key),
  }
}
