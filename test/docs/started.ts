import { type ChildProcess, spawn } from 'node:child_process'

/** A server in a process of its own. */
export interface Started {
  /** What the pattern found in what the process printed. */
  found: string
  stop(): Promise<void>
}

/**
 * Starts Node in a folder, with nothing of this process's environment but `env`, and waits until it
 * has printed what a group of the pattern matches.
 */
export async function startNode(
  args: readonly string[],
  { cwd, env = {}, until }: { cwd: string; env?: Record<string, string>; until: RegExp },
): Promise<Started> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { found: await printed(child, until), stop: () => stop(child) }
}

function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk
      const found = pattern.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`the process ended: ${text}`)))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
