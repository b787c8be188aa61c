import {
  type CreateTableNode,
  type DataTypeNode,
  type Dialect,
  type ForeignKeyConstraintNode,
  type InsertQueryNode,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  OrActionNode,
} from 'kysely'
import type { ConnectionOptions } from './connection-options.ts'
import { MysqlDriver } from './mysql-driver.ts'

/** Kysely over `mysql2`, for MySQL 8 and MariaDB 10.6 or later. */
export function mysqlDialect(options: ConnectionOptions): Dialect {
  return {
    createAdapter: () => new MysqlAdapter(),
    createDriver: () => new MysqlDriver(options),
    createIntrospector: (db) => new MysqlIntrospector(db),
    createQueryCompiler: () => new MysqlCompiler(),
  }
}

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
