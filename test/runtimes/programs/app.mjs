// An app from signup to sign-out, told as one JSON text. It runs on anything that has `fetch`.
import { createClient, LatchkeyError, logInWithPasskey, storedTokens } from '@latchkey/client'

const [url] = process.argv.slice(2)
const told = {}

/** A keychain as phones have: it takes its time. */
const texts = new Map()
const later = () => new Promise((resolve) => setTimeout(resolve, 1))
const keychain = {
  getItemAsync: async (key) => {
    await later()
    return texts.get(key) ?? null
  },
  setItemAsync: async (key, value) => {
    await later()
    texts.set(key, value)
  },
  deleteItemAsync: async (key) => {
    await later()
    texts.delete(key)
  },
}

const client = createClient({ url, tokens: storedTokens(keychain) })
const states = []
client.subscribe(() => states.push(client.state.status))
told.kind = client.settings.kind

const email = 'cleo@example.org'
const password = 'amber-Lantern-12'
const signup = await client.signUp({ email, password })
told.signup = [signup.status, client.state.pending?.id]
const key = await fetch(`${url}/test/code`).then((it) => it.text())
told.wrongCode = (await client.verifyEmail({ key: 'wrong' })).errors?.map(({ code }) => code)
told.verified = (await client.verifyEmail({ key })).status
told.user = client.state.user?.email

const tokens = await Promise.all([1, 2, 3].map(() => client.accessToken()))
told.sameToken = new Set(tokens).size
const renewed = await Promise.all([1, 2, 3].map(() => client.accessToken({ refused: tokens[0] })))
told.renewedOnce = new Set(renewed).size === 1 && renewed[0] !== tokens[0]

await fetch(`${url}/test/later`)
client.onReauthentication(async () => (await client.reauthenticate({ password })).status === 200)
told.resumed = (await client.addEmailAddress({ email: 'second@example.org' })).status

const other = createClient({ url })
await other.logIn({ email, password })
const { data: sessions } = await other.listSessions()
await other.endSessions({ sessions: sessions.filter((it) => !it.is_current).map(({ id }) => id) })
told.endedElsewhere = [(await client.listEmailAddresses()).status, client.state.status, texts.size]
told.loggedOut = (await other.logOut()).status

told.passkey = await failureOf(() => logInWithPasskey(client))
const controller = new AbortController()
controller.abort()
told.aborted = await failureOf(() => client.getSession(undefined, { signal: controller.signal }))
const slow = (_, init) => fetch(`${url}/test/never`, init)
const hasty = createClient({ url, timeout: 50, fetch: slow })
told.timeout = await failureOf(() => hasty.getSession())
const lost = createClient({ url: 'http://127.0.0.1:1' })
told.network = await failureOf(() => lost.getSession())
told.states = states

console.log(JSON.stringify(told))

async function failureOf(call) {
  try {
    return (await call()).status
  } catch (error) {
    return error instanceof LatchkeyError ? error.code : error.name
  }
}
