import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** Runs a script in a folder and returns what it printed; fails as soon as one of its commands does. */
export async function runBash(script: string, cwd: string): Promise<string> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const status = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const printed = await text(child.stdout)
  assert.equal(await status, 0, printed)
  return printed
}
