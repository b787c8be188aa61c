import { latchkey } from '../../lib/latchkey.ts'

export const GET = latchkey.withUser(async (_request, { user }) =>
  Response.json({ id: user.id, display: user.display }),
)
