import { requireRecentProof } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { emit } from '../../events/emit.ts'
import { answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { spend } from '../../limits/limits.ts'
import { collectAccount } from './collect.ts'

export const accountExportRoutes: readonly Route[] = [
  {
    root: '_latchkey',
    method: 'GET',
    path: 'account/export',
    audience: 'user',
    isOn: ({ account }) => account.exportEnabled,
    async handle(ctx) {
      await requireRecentProof(ctx)
      // Only now, or whoever has to prove to be the one pays twice.
      await spend(ctx, 'export_account')
      const data = await collectAccount(ctx)
      emit(ctx, { type: 'account_exported', userId: signedInUser(ctx).id })
      const headers = { 'content-disposition': 'attachment; filename="account.json"' }
      return answer(200, { data, headers })
    },
  },
]
