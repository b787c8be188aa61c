// The hooks in React, without a page: what a component shows while somebody logs in and out.
import { createClient } from '@latchkey/client'
import { AuthProvider, useAccount, useAuth, useCall, useFlow } from '@latchkey/client/react'
import { createElement as h, StrictMode, version } from 'react'
import { act, create } from 'react-test-renderer'

globalThis.IS_REACT_ACT_ENVIRONMENT = true
const [url] = process.argv.slice(2)
const client = createClient({ url })
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
let logIn

function Page() {
  const state = useAuth()
  const login = useFlow('login')
  const { data: addresses } = useAccount('listEmailAddresses')
  const form = useCall(client.logIn)
  logIn = form.call
  const errors = form.errors.map(({ code }) => code)
  return [state.status, login?.id, addresses?.length, ...errors].filter(Boolean).join(' ')
}

const shown = []
const page = await inAct(() => create(h(StrictMode, null, h(AuthProvider, { client }, h(Page)))))
await show('signed-out login')
await inAct(() => logIn({ ...ann, password: 'wrong' }))
await show('signed-out login email_password_mismatch')
await inAct(() => logIn(ann))
await show('signed-in 1')
await inAct(() => client.logOut())
await show('signed-out login')
await inAct(() => page.unmount())
console.log(JSON.stringify({ version: version.split('.')[0], shown }))

/** Waits until the page shows it, for at most five seconds. */
async function show(expected) {
  for (let tries = 0; tries < 100 && page.toJSON() !== expected; tries += 1) {
    await inAct(() => new Promise((resolve) => setTimeout(resolve, 50)))
  }
  shown.push(page.toJSON())
}

async function inAct(run) {
  let result
  await act(async () => {
    result = await run()
  })
  return result
}
