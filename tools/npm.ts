import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Runs npm in a folder: the one that runs this program, where one does. @throws Error where it fails */
export function npm(words: readonly string[], folder: string): void {
  const cli = process.env.npm_execpath
  const [command = 'npm', ...args] = cli ? [process.execPath, cli, ...words] : ['npm', ...words]
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit' })
  if (status !== 0) throw new Error(`npm ${words.join(' ')} failed`)
}

/** Installs what a folder that is no workspace has in its own lock file, unless just that is there. */
export function installBeside(folder: string): void {
  const lock = join(folder, 'package-lock.json')
  const installed = join(folder, 'node_modules/installed-lock.json')
  if (existsSync(installed) && readFileSync(lock).equals(readFileSync(installed))) return
  npm(['ci', '--no-audit', '--no-fund'], folder)
  copyFileSync(lock, installed)
}
