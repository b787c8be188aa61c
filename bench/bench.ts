import type { DatabaseKind, Databases } from './databases.ts'
import type { Options } from './options.ts'
import type { Row } from './table.ts'

/** What every group of measurements gets. */
export interface Bench {
  options: Options
  databases: Databases
  /** The kinds of database that there are here. */
  kinds: readonly DatabaseKind[]
  /** A folder for files that go with the run. */
  folder: string
}

/** Measurements that belong together, and can be asked for by name. */
export interface Group {
  name: string
  run(bench: Bench): Promise<Row[]>
}
