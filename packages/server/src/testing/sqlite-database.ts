import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../storage/migrate.ts'
import { openDatabase } from '../storage/open.ts'
import type { TakenDatabase } from './stock.ts'

let template: Promise<string> | undefined

/** A file of its own: a copy of one that was migrated once. */
export async function takeSqliteDatabase(): Promise<TakenDatabase> {
  template ??= makeTemplate()
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'))
  const path = join(folder, 'test.sqlite3')
  copyFileSync(await template, path)
  return {
    url: `sqlite:${path}`,
    giveBack: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-template-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'template.sqlite3')
  const db = openDatabase(path)
  await migrate(db, Date.now)
  await db.destroy()
  if (existsSync(`${path}-wal`)) throw new Error('the template was not closed')
  return path
}
