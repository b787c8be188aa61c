import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import { email, emailInUse, flag } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { spend } from '../../limits/limits.ts'
import { commit } from '../../sessions/commit.ts'
import { type Correctable, requireCorrectable } from '../correction/correctable.ts'
import { emailCode } from '../email-verification.ts'
import { addAddress } from './add.ts'
import { changeWaiting } from './change-waiting.ts'
import { listAddresses } from './list.ts'
import { choosePrimary, removeAddress, resendVerification } from './manage.ts'

const path = 'account/email'
const known = { email: emailInUse }
const isOn: Route['isOn'] = ({ socialaccount }) => !socialaccount.only

export const emailRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'user',
    isOn,
    handle: async (ctx) => answer(200, { data: await listAddresses(ctx) }),
  },
  {
    method: 'POST',
    path,
    // Somebody whose signup waits for a code may correct the address.
    audience: 'anyone',
    hasInput: true,
    refuseAnyBody: (ctx) => (ctx.session.user ? spend(ctx, 'manage_email') : requireWaiting(ctx)),
    isOn,
    async handle(ctx) {
      if (!ctx.session.user) {
        const waiting = await requireWaiting(ctx)
        await spend(ctx, 'manage_email', waiting.login.userId)
        return answer(200, { data: await changeWaiting(ctx, waiting, readAddress(ctx)) })
      }
      await spend(ctx, 'manage_email')
      await addAddress(ctx, readAddress(ctx))
      return listedAfterwards(ctx)
    },
  },
  {
    method: 'PUT',
    path,
    audience: 'user',
    limit: 'manage_email',
    hasInput: true,
    isOn,
    async handle(ctx) {
      await resendVerification(ctx, requireInput(ctx, known).email)
      return answer(200)
    },
  },
  {
    method: 'PATCH',
    path,
    audience: 'user',
    limit: 'manage_email',
    hasInput: true,
    isOn,
    async handle(ctx) {
      const fields = { ...known, primary: flag({ mustBeTrue: true }) }
      await choosePrimary(ctx, requireInput(ctx, fields).email)
      return listedAfterwards(ctx)
    },
  },
  {
    method: 'DELETE',
    path,
    audience: 'user',
    limit: 'manage_email',
    hasInput: true,
    isOn,
    async handle(ctx) {
      await removeAddress(ctx, requireInput(ctx, known).email)
      return listedAfterwards(ctx)
    },
  },
]

function requireWaiting(ctx: Exchange): Promise<Correctable> {
  return requireCorrectable(ctx, 'verify_email', emailCode)
}

/** @throws Refusal where the address is missing or malformed. */
function readAddress(ctx: Exchange): string {
  const { emailMaxLength: maxLength } = ctx.server.settings.account
  return requireInput(ctx, { email: email({ isRequired: true, maxLength }) }).email
}

async function listedAfterwards(ctx: Exchange): Promise<Answer> {
  await commit(ctx)
  return answer(200, { data: await listAddresses(ctx) })
}
