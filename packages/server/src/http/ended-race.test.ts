import assert from 'node:assert/strict'
import { it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'
import { signIn } from '../testing/signed-in.ts'

const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }

it('a login with the token of an ended session works, also where it loses a race first', async () => {
  await using auth = await createTestAuth({ users: [ann] })
  const { limiter, db } = auth.server
  const client = await signIn(auth, ann)
  const other = await signIn(auth, ann)
  const change = { current_password: ann.password, new_password: 'tidy-Walrus-90' }
  assert.equal((await other.post('account/password/change', change)).status, 200)
  const spend = limiter.spend.bind(limiter)
  let runs = 0
  limiter.spend = async (budget, now) => {
    const spent = await spend(budget, now)
    if (!budget.limitKey.startsWith('login_failed:key') || 'retryAfterMs' in spent) return spent
    runs += 1
    // Every login under way ends, between the look at the password and the end of the login.
    const raise = () =>
      db
        .updateTable('users')
        .set((eb) => ({ auth_epoch: eb('auth_epoch', '+', 1) }))
        .execute()
    const refund = async () => {
      await spent.refund()
      if (runs === 1) await raise()
    }
    return { refund }
  }
  const login = { email: ann.email, password: change.new_password }
  const answer = await client.post('auth/login', login)
  assert.equal(answer.status, 200)
  assert.equal(runs, 2)
})
