// Plays the recorded traces of the areas listed in conformance.areas, in one run of the runner beside
// the repository. What is given behind, such as --verbose, goes to the runner. Its last line is
// `N passed, N failed`, and so is its exit code.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const runner = join(root, '../shared/conformance/run.mjs')
const traces = join(root, '../shared/conformance/traces')

/** Copies the traces whose path begins with one of the areas; each once, however many fit. */
function copyTraces(target: string): void {
  const lines = readFileSync(join(root, 'conformance.areas'), 'utf8').split('\n')
  const areas = lines.map((line) => line.trim()).filter((line) => line !== '')
  for (const area of areas) {
    const files = globSync(`${area}*{.json,/**/*.json}`, { cwd: traces })
    if (files.length === 0) throw new Error(`conformance.areas: there is no trace of "${area}"`)
    for (const file of files) cpSync(join(traces, file), join(target, file))
  }
}

function main(): number {
  if (!existsSync(runner)) {
    console.error(`There are no traces: expected ${runner}`)
    return 1
  }
  const selected = mkdtempSync(join(tmpdir(), 'latchkey-traces-'))
  try {
    copyTraces(selected)
    const target = join(root, 'conformance.target.json')
    const args = [runner, '--target', target, '--traces', selected, ...process.argv.slice(2)]
    return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
  } finally {
    rmSync(selected, { recursive: true, force: true })
  }
}

process.exitCode = main()
