// Checks the types of the examples that have a page, and what that costs the compiler: the types of the
// client are made from the contract, and have to stay cheap for those who use them.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Half as many instantiations again as it takes; those of Next.js are nearly all its own. */
const budgets = { vite: 30_000, nextjs: 500_000 }

const root = fileURLToPath(new URL('../', import.meta.url))
const tsc = join(root, 'node_modules/typescript/bin/tsc')

for (const [example, most] of Object.entries(budgets)) {
  const words = [tsc, '--noEmit', '--extendedDiagnostics', '--project', `examples/${example}`]
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
  if (status !== 0) fail(stdout)
  const [, instantiations = 'no'] = /^Instantiations: +(\d+)/m.exec(stdout) ?? []
  const [, seconds] = /^Total time: +(\S+)/m.exec(stdout) ?? []
  const told = `examples/${example}: ${instantiations} instantiations in ${seconds}`
  if (!(Number(instantiations) <= most)) fail(`${told}, of at most ${most}`)
  console.log(told)
}

function fail(text: string): never {
  console.error(text)
  process.exit(1)
}
