import type { Exchange } from '../exchange.ts'
import { negotiateLanguage } from '../http/accept-language.ts'
import type { Language } from '../settings/languages.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'

/**
 * The language to write to somebody in: their own choice where that is still offered, else the one that
 * the request asks for, else that of the settings.
 */
export function languageFor({ server, request }: Exchange, chosen: string | null): Language {
  const { languages, languageCode } = server.settings.server
  const own = languages.find((language) => language === chosen)
  return own ?? negotiateLanguage(request.header('accept-language'), languages, languageCode)
}

/** What a user has chosen who is signed in here, or whose login waits here: without a query. */
export function chosenHere({ session }: Exchange, userId: string | null): string | null {
  if (userId === null) return null
  if (session.user?.id === userId) return session.user.language
  const { login } = session.state
  return login?.userId === userId ? (login.language ?? null) : null
}

/** What a user has chosen; null where that is nothing. */
export async function findLanguage(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('users')
    .select('language')
    .where('id', '=', userId)
    .executeTakeFirst()
  return row?.language ?? null
}

/** Notes what a user has chosen; null takes the choice back. */
export async function setLanguage(
  db: DatabaseOrTransaction,
  userId: string,
  language: Language | null,
): Promise<void> {
  await db.updateTable('users').set({ language }).where('id', '=', userId).execute()
}
