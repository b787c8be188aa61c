import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Options } from './options.ts'
import { canPin } from './processes.ts'

const readme = new URL('README.md', import.meta.url)
const marks = ['<!-- table: begin -->', '<!-- table: end -->'] as const

/** When, where and how it was measured. */
export function describeRun({ rounds, seconds }: Options): string {
  const date = new Date().toISOString().slice(0, 10)
  const [processor] = cpus()
  const machine = `${cpus().length} × ${processor?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const versions = [
    `Node ${process.versions.node}`,
    `SQLite ${process.versions.sqlite}`,
    `better-auth ${versionOfPeer('better-auth')}`,
    `better-sqlite3 ${versionOfPeer('better-sqlite3')}`,
  ].join(', ')
  const pinned = canPin ? 'server and load on a core each' : 'processes not pinned to cores'
  return `${date}; ${machine}; ${versions}; ${pinned}; median of ${rounds} rounds of ${seconds} s`
}

/** Puts the text between the marks of README.md. */
export function writeReport(text: string): void {
  const page = readFileSync(readme, 'utf8')
  const [before, rest] = page.split(marks[0])
  const after = rest?.split(marks[1])[1]
  if (after === undefined) throw new Error(`README.md: expected ${marks.join(' and ')}`)
  writeFileSync(readme, `${before}${marks[0]}\n\n${text}\n\n${marks[1]}${after}`)
}

function versionOfPeer(name: string): string {
  const { dependencies } = JSON.parse(
    readFileSync(new URL('peers/package.json', import.meta.url), 'utf8'),
  )
  return dependencies[name]
}
