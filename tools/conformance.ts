// Plays the recorded traces of the areas listed in conformance.areas with the runner beside the
// repository. Some traces wait until something expires: they have a run of their own beside that of
// the others, whose processors they hardly need. What is given behind, such as --verbose or --only,
// goes to both. With TEST_DATABASE each trace has a database on the server of TEST_POSTGRES_URL or
// TEST_MYSQL_URL. The last line is `N passed, N failed`, and so is the exit status.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')
const runner = join(root, '../shared/conformance/run.mjs')
const traces = join(root, '../shared/conformance/traces')

/** How many traces are played at a time. */
const jobs = { waiting: 2, working: availableParallelism() }

type Kind = keyof typeof jobs

interface Step {
  do: string
  /** Those of a `repeat`. */
  steps?: Step[]
}

interface Outcome {
  passed: number
  failed: number
  /** Whether the run came to its end. */
  isComplete: boolean
}

/** Copies the traces whose path begins with one of the areas, by kind; each once, however many fit. */
function copyTraces(target: string): void {
  for (const kind of Object.keys(jobs)) mkdirSync(join(target, kind))
  const lines = readFileSync(join(root, 'conformance.areas'), 'utf8').split('\n')
  const areas = lines.map((line) => line.trim()).filter((line) => line !== '')
  for (const area of areas) {
    const files = globSync(`${area}*{.json,/**/*.json}`, { cwd: traces })
    if (files.length === 0) throw new Error(`conformance.areas: there is no trace of "${area}"`)
    for (const file of files) cpSync(join(traces, file), join(target, kindOf(file), file))
  }
}

function kindOf(file: string): Kind {
  const { steps }: { steps: Step[] } = JSON.parse(readFileSync(join(traces, file), 'utf8'))
  return waits(steps) ? 'waiting' : 'working'
}

function waits(steps: readonly Step[]): boolean {
  return steps.some((step) => ['sleep', 'align'].includes(step.do) || waits(step.steps ?? []))
}

/** Plays the traces of one kind: all lines but the count are shown. */
async function play(folder: string, kind: Kind): Promise<Outcome> {
  const name = process.env.TEST_DATABASE ? 'conformance.databases.target' : 'conformance.target'
  const target = join(root, `${name}.json`)
  const args = ['--target', target, '--traces', join(folder, kind), '--jobs', `${jobs[kind]}`]
  const words = [runner, ...args, ...process.argv.slice(2)]
  const run = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(run, 'close')
  const count = await show(run)
  await ended
  const [passed = 0, failed = 0] = count?.map(Number) ?? []
  // A run that `--only` leaves nothing to play has failed as well, by its exit status.
  const isEmpty = count !== undefined && passed + failed === 0
  return { passed, failed, isComplete: isEmpty || run.exitCode === (failed > 0 ? 1 : 0) }
}

/** Shows what a run prints, the lines of a trace together. Answers the numbers of its last line. */
async function show({ stdout }: ChildProcess): Promise<string[] | undefined> {
  if (stdout === null) return undefined
  let block: string[] = []
  let count: string[] | undefined
  for await (const line of createInterface({ input: stdout })) {
    count = /^(\d+) passed, (\d+) failed$/.exec(line)?.slice(1)
    if (/^\s/.test(line)) {
      block.push(line)
      continue
    }
    if (block.length > 0) console.log(block.join('\n'))
    block = count ? [] : [line]
  }
  if (block.length > 0) console.log(block.join('\n'))
  return count
}

async function main(): Promise<number> {
  if (!existsSync(runner)) {
    console.error(`There are no traces: expected ${runner}`)
    return 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-traces-'))
  try {
    copyTraces(folder)
    const outcomes = await Promise.all([play(folder, 'working'), play(folder, 'waiting')])
    const [passed, failed] = [sum(outcomes, 'passed'), sum(outcomes, 'failed')]
    console.log(`${passed} passed, ${failed} failed`)
    return failed === 0 && passed > 0 && outcomes.every((it) => it.isComplete) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sum(outcomes: readonly Outcome[], name: 'passed' | 'failed'): number {
  return outcomes.reduce((total, outcome) => total + outcome[name], 0)
}

process.exitCode = await main()
