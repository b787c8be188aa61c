import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Installs, before the first test, what the tests run on, unless it is there. */
export function setup(): void {
  const folder = import.meta.dirname
  const lock = join(folder, 'package-lock.json')
  const installed = join(folder, 'node_modules/package-lock.json')
  if (existsSync(installed) && readFileSync(lock).equals(readFileSync(installed))) return
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  if (npm.status !== 0) throw new Error('the runtimes could not be installed')
  copyFileSync(lock, installed)
}
