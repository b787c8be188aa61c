import type { Keys } from '../../crypto/keys.ts'
import type { Database } from '../../storage/open.ts'
import { transact } from '../../storage/transact.ts'
import { isSealed, type Mark, sealMark } from './links.ts'
import { changeMark, readMarks } from './store.ts'

const names: readonly Mark['name'][] = ['head', 'tail']

/** Seals both ends of the chain under the first secret. False where none of the secrets fits one. */
export async function resealMarks(db: Database, keys: Keys): Promise<boolean> {
  const outcomes: boolean[] = []
  for (const name of names) outcomes.push(await resealMark(db, keys, name))
  return outcomes.every((it) => it)
}

async function resealMark(db: Database, keys: Keys, name: Mark['name']): Promise<boolean> {
  const mark = await transact(db, (tx) =>
    changeMark(tx, name, (before) =>
      before.seq > 0 && isSealed(keys, before) ? sealMark(keys, before) : before,
    ),
  )
  return isSealed(keys, mark)
}

/** Whether the secrets have sealed the end that new events are written behind. */
export async function isHeadSealed(db: Database, keys: Keys): Promise<boolean> {
  const { head } = await readMarks(db)
  return head !== undefined && isSealed(keys, head)
}

/** Whether the secrets have sealed both ends of the chain: a look that costs one query. */
export async function areMarksSealed(db: Database, keys: Keys): Promise<boolean> {
  const marks = await readMarks(db)
  return names.every((name) => marks[name] !== undefined && isSealed(keys, marks[name]))
}
