import { startLogin } from '../../authentication/login.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { insertAccount } from '../../users/account.ts'
import { makeUsername, storedUsername } from '../../users/usernames.ts'
import type { SignupInput } from '../signup-input.ts'
import { tellOwnerOfTaken } from '../strangers.ts'

/** Signs up and goes on to the first stage. @throws Refusal where somebody is signed in already. */
export async function signUp(ctx: Exchange, input: SignupInput): Promise<void> {
  if (ctx.session.user) throw new Refusal('conflict')
  if (!ctx.server.settings.server.hookSignupOpen) throw new Refusal('forbidden')
  // Hashed for a pretended signup too, or the answer's speed tells that the address is taken.
  const passwordHash = input.password === '' ? null : await ctx.server.hasher.hash(input.password)
  if (input.isTaken) return pretendSignup(ctx, input)
  const userId = await createAccount(ctx, input, passwordHash)
  const { needsPasskey } = input
  await startLogin(ctx, { userId, isSignup: true, needsPasskey, ...contacts(input) })
}

async function createAccount(
  ctx: Exchange,
  input: SignupInput,
  passwordHash: string | null,
): Promise<string> {
  const { account } = ctx.server.settings
  const { db, now } = ctx.server
  const { email, phone } = contacts(input)
  const username =
    input.username === ''
      ? await makeUsername(db, account, [email])
      : storedUsername(input.username, account)
  const id = uuidv7(now())
  ctx.pending.writes.push((tx) =>
    insertAccount(
      tx,
      {
        id,
        username,
        passwordHash,
        isActive: true,
        emails: email ? [{ email, isVerified: false }] : [],
        phone: phone ? { phone, isVerified: false } : null,
      },
      { account, now: now() },
    ),
  )
  emit(ctx, { type: 'signed_up', userId: id })
  return id
}

/** Does what a signup does, as far as anybody can see, and tells the owner. */
async function pretendSignup(ctx: Exchange, input: SignupInput): Promise<void> {
  const { email, phone } = contacts(input)
  await startLogin(ctx, { userId: null, isSignup: true, ...contacts(input) })
  const isByPhone = ctx.session.state.login?.stage === 'verify_phone'
  const told = isByPhone ? phone : email
  const holder = isByPhone ? input.holders.phone : input.holders.email
  if (told !== undefined) await tellOwnerOfTaken(ctx, told, holder)
}

function contacts({ email, phone }: SignupInput): { email?: string; phone?: string } {
  return { ...(email !== '' && { email }), ...(phone !== '' && { phone }) }
}
