// Measures how long a start takes: from the spawn of the process to the first 200. Prints a table,
// and with --check fails where the median of any row is above the bound.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const boundMs = 300
const runs = 10

const packageRoot = new URL('../packages/server/', import.meta.url)

/** The arguments of Node: our program as users start it, and each of the two that it can choose. */
const programs = {
  'bin/latchkey.js': [fileURLToPath(new URL('bin/latchkey.js', packageRoot))],
  'the build': launcher('dist/main.js'),
  'the source': launcher('src/cli/main.ts'),
}

function launcher(path: string): string[] {
  const code = `import module from 'node:module'
    module.enableCompileCache()
    await (await import(process.argv[1])).main(process.argv.slice(2))`
  return ['--input-type=module', '--eval', code, new URL(path, packageRoot).href]
}

async function main(): Promise<void> {
  const rows = []
  for (const [name, program] of Object.entries(programs)) {
    for (const database of ['fresh', 'existing'] as const) {
      rows.push({ program: name, database, ...(await measure(program, database)) })
    }
  }
  console.table(rows)
  const isSlow = rows.some(({ medianMs }) => medianMs > boundMs)
  if (process.argv.includes('--check') && isSlow) {
    console.error(`a start takes longer than ${boundMs} ms`)
    process.exitCode = 1
  }
}

/** The first start fills Node's compile cache and does not count. */
async function measure(program: readonly string[], database: 'fresh' | 'existing') {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-start-'))
  const times: number[] = []
  try {
    for (let run = 0; run <= runs; run += 1) {
      const file = database === 'fresh' ? `${run}.sqlite3` : 'same.sqlite3'
      times.push(await startOnce(program, join(folder, file)))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const sorted = times.slice(1).sort((a, b) => a - b)
  const [min = 0, median = 0, max = 0] = [0, sorted.length >> 1, -1].map((at) => sorted.at(at))
  return { minMs: Math.round(min), medianMs: Math.round(median), maxMs: Math.round(max) }
}

async function startOnce(program: readonly string[], databasePath: string): Promise<number> {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), DATABASE_PATH: databasePath }
  const startedAt = performance.now()
  const words = [...program, 'serve', '--dev']
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    // Asked when it says that it listens: asking all the time would slow it down.
    for await (const text of child.stdout) if (String(text).includes('listens on')) break
    const { status } = await fetch(`http://127.0.0.1:${port}/_allauth/app/v1/config`)
    if (status !== 200) throw new Error(`the server answered ${status}`)
    return performance.now() - startedAt
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

if (import.meta.main) await main()
