import type { DatabaseOrTransaction } from '../storage/open.ts'
import { usernameKey } from './spelling.ts'
import { findUserById } from './users.ts'

/** What the user may log in with, as failed logins are counted: usernames and addresses folded. */
export async function loginKeys(
  db: DatabaseOrTransaction,
  id: string,
  methods: readonly ('email' | 'username' | 'phone')[],
): Promise<string[]> {
  const [user, emails, phones] = await Promise.all([
    findUserById(db, id),
    db
      .selectFrom('email_addresses')
      .select('email')
      .where('user_id', '=', id)
      .orderBy('is_primary', 'desc')
      .execute(),
    db.selectFrom('phone_numbers').select('phone').where('user_id', '=', id).execute(),
  ])
  const byMethod = {
    email: emails.map(({ email }) => email),
    username: user?.username ? [usernameKey(user.username)] : [],
    phone: phones.map(({ phone }) => phone),
  }
  return methods.flatMap((method) => byMethod[method])
}
