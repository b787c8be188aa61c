import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSmtpSink } from '../../packages/server/src/delivery/testing/smtp-sink.ts'
import { root } from '../docs/markdown.ts'
import { startNode } from '../docs/started.ts'

/** The example in a process of its own, with a database and a mail server. */
export interface Example {
  url: string
  /** Waits for the code in the mail to an address. */
  mailedCode(address: string): Promise<string>
  stop(): Promise<void>
}

const patienceMs = 10_000

export async function startExample(): Promise<Example> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-passkeys-'))
  const sink = await startSmtpSink()
  const server = await startNode([join(root, 'examples/passkeys/server.ts')], {
    cwd: folder,
    env: {
      PORT: '0',
      SECRET_KEY: 'a secret that only this test knows, long enough',
      DATABASE_PATH: join(folder, 'example.sqlite3'),
      SMTP_URL: sink.url,
    },
    until: /listening at (http:\S+)/,
  })
  return {
    url: server.found,
    async mailedCode(address) {
      const deadline = Date.now() + patienceMs
      while (Date.now() < deadline) {
        const mail = sink.received.findLast(({ to }) => to.includes(address))
        const code = mail && /enter this code:\s+(\S+)/.exec(mail.raw)?.[1]
        if (code !== undefined) return code
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`expected a mail with a code for ${address}, found none`)
    },
    async stop() {
      await server.stop()
      await sink.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
