import type { Database } from '../../src/storage/open.ts'

/** Tables and columns, in an order that does not depend on who made them. */
export async function schemaOf(db: Database) {
  const tables = await db.introspection.getTables()
  const columns = tables.flatMap(({ name, columns }) =>
    columns.map(({ name: column, dataType, isNullable, hasDefaultValue }) =>
      [`${name}.${column}`, dataType, isNullable && 'null', hasDefaultValue && 'default']
        .filter(Boolean)
        .join(' '),
    ),
  )
  return columns.sort()
}
