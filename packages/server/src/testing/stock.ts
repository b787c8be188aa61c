import { randomBytes } from 'node:crypto'

/** What all databases that tests make on a server begin with. */
export const testPrefix = 'latchkey_test_'

/** What a kind of database has to offer. */
export interface TakenDatabase {
  url: string
  /** Called once everything is closed. */
  giveBack(): Promise<void>
}

interface Stocked {
  url: string
  /** Tells by what is in it whether somebody has changed the schema. */
  shape(): Promise<string>
  /** Removes every row. */
  empty(): Promise<void>
}

/** Hands databases out, makes them where none is left, and empties what comes back. */
export function createStock(make: () => Promise<Stocked>): () => Promise<TakenDatabase> {
  const free: { database: Stocked; shape: string }[] = []
  return async () => {
    const taken = free.pop() ?? (await described(make()))
    const { database, shape } = taken
    return {
      url: database.url,
      async giveBack() {
        // A test may do to its own tables what it likes; nobody else is to meet them.
        if ((await database.shape()) !== shape) return
        await database.empty()
        free.push(taken)
      },
    }
  }
}

async function described(making: Promise<Stocked>) {
  const database = await making
  return { database, shape: await database.shape() }
}

export function freshName(): string {
  return `${testPrefix}${randomBytes(6).toString('hex')}`
}

/** The statements that take all rows out of the tables, but for those that migrations have put there. */
export function emptying(tables: readonly string[]): string {
  const emptied = tables.filter((name) => name !== 'latchkey_migrations')
  return `${emptied.map((name) => `delete from ${name};`).join('')}
    insert into audit_marks (name, seq, hash, seal) values ('head', 0, '', ''), ('tail', 0, '', '')`
}
