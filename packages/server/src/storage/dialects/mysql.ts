import {
  type CreateTableNode,
  type DataTypeNode,
  type Dialect,
  type ForeignKeyConstraintNode,
  type InsertQueryNode,
  type Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  OrActionNode,
  sql,
} from 'kysely'
import type { ConnectionOptions } from './connection-options.ts'
import { MysqlDriver } from './mysql-driver.ts'

/** How long to wait for others who change the schema: an hour. */
const lockSeconds = 3600

/** How long a change of the schema waits for those who use the table. */
const patienceSeconds = 3

/** Kysely over `mysql2`, for MySQL 8 and MariaDB 10.6 or later. */
export function mysqlDialect(options: ConnectionOptions): Dialect {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => new MysqlDriver(options),
    createIntrospector: (db) => new MysqlIntrospector(db),
    createQueryCompiler: () => new MysqlCompiler(),
  }
}

class Adapter extends MysqlAdapter {
  /** Whoever waits for a table makes all wait who come after, so it is not to wait for long. */
  override async acquireMigrationLock(connection: Kysely<unknown>): Promise<void> {
    const { rows } = await sql<{ is_held: number | null }>`
      select get_lock(${lockName}, ${sql.lit(lockSeconds)}) as is_held`.execute(connection)
    if (rows[0]?.is_held !== 1) throw new Error('others have been changing the schema for too long')
    await sql`set session lock_wait_timeout = ${sql.lit(patienceSeconds)}`.execute(connection)
  }

  override async releaseMigrationLock(connection: Kysely<unknown>): Promise<void> {
    await sql`set session lock_wait_timeout = default`.execute(connection)
    await sql`select release_lock(${lockName})`.execute(connection)
  }
}

/** All databases of a server share the names of locks, which have 64 characters at most. */
const lockName = sql`concat('latchkey_', md5(database()))`

/** Has MySQL mean what the other databases mean by the same. */
class MysqlCompiler extends MysqlQueryCompiler {
  /** Texts are told apart by the case of their letters, and any character can be in them. */
  protected override visitCreateTable(node: CreateTableNode): void {
    super.visitCreateTable(withForeignKeys(node))
    this.append(' engine = InnoDB character set utf8mb4 collate utf8mb4_bin')
  }

  /** A `text` ends at 64 KiB there, which a mail can be longer than. */
  protected override visitDataType(node: DataTypeNode): void {
    if (node.dataType === 'text') this.append('mediumtext')
    else super.visitDataType(node)
  }

  /** `on conflict do nothing` is `insert ignore` there. */
  protected override visitInsertQuery({ onConflict, ...node }: InsertQueryNode): void {
    if (onConflict && !onConflict.doNothing) throw new Error('MySQL knows no such "on conflict"')
    super.visitInsertQuery(onConflict ? { ...node, orAction: OrActionNode.create('ignore') } : node)
  }
}

/** Says for the table what columns refer to: said with the column itself, MySQL passes it over. */
function withForeignKeys(node: CreateTableNode): CreateTableNode {
  const found: ForeignKeyConstraintNode[] = []
  for (const { column, references } of node.columns) {
    if (references) found.push({ kind: 'ForeignKeyConstraintNode', columns: [column], references })
  }
  const columns = node.columns.map(({ references: _, ...column }) => column)
  return { ...node, columns, constraints: [...(node.constraints ?? []), ...found] }
}
