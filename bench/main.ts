// Measures Latchkey beside a bare server, better-auth and the bare hash, and prints one table.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installBeside, npm } from '../tools/npm.ts'
import type { Group } from './bench.ts'
import { growth } from './cases/growth.ts'
import { logins } from './cases/logins.ts'
import { memory } from './cases/memory.ts'
import { sessions } from './cases/sessions.ts'
import { signups } from './cases/signups.ts'
import { start } from './cases/start.ts'
import { storm } from './cases/storm.ts'
import { tokens } from './cases/tokens.ts'
import { openDatabases } from './databases.ts'
import { help, type Options, readOptions } from './options.ts'
import { pinLoad } from './processes.ts'
import { describeRun, writeReport } from './report.ts'
import { missedTargets, type Row, renderTable } from './table.ts'

const groups: readonly Group[] = [start, sessions, tokens, logins, signups, storm, growth, memory]

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (!options) return console.log(help)
  const chosen = choose(options)
  prepare()
  pinLoad()
  const rows = await measure(options, chosen)
  const text = `${describeRun(options)}\n\n${renderTable(rows)}`
  console.log(`\n${text}`)
  for (const missed of missedTargets(rows)) console.log(`missed: ${missed}`)
  if (options.writes) writeReport(text)
}

function choose({ only }: Options): readonly Group[] {
  const unknown = only.find((name) => !groups.some((it) => it.name === name))
  if (unknown !== undefined) {
    const names = groups.map(({ name }) => name).join(', ')
    throw new Error(`--only: expected some of ${names}, found "${unknown}"`)
  }
  return only.length === 0 ? groups : groups.filter(({ name }) => only.includes(name))
}

/** Builds the server, and installs what it is measured beside. */
function prepare(): void {
  npm(['run', 'build'], join(import.meta.dirname, '..'))
  installBeside(join(import.meta.dirname, 'peers'))
}

async function measure(options: Options, chosen: readonly Group[]): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  try {
    await using databases = openDatabases(folder, options.postgres)
    const kinds =
      options.postgres === null ? ['SQLite' as const] : ['SQLite' as const, 'PostgreSQL' as const]
    const rows: Row[] = []
    for (const { name, run } of chosen) {
      console.error(`measuring: ${name}`)
      rows.push(...(await run({ options, databases, kinds, folder })))
    }
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
