import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildClient } from '../../../../tools/build-client.ts'

const run = promisify(execFile)

/** Packs the client, and installs it in a program's folder as npm would. Returns where it is then. */
export async function installPacked(folder: string): Promise<string> {
  const built = join(folder, 'built')
  const installed = join(folder, 'node_modules/@latchkey/client')
  await buildClient(built)
  await run('npm', ['pack', built, '--pack-destination', folder], { cwd: folder })
  const { version } = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8'))
  mkdirSync(installed, { recursive: true })
  const packed = join(folder, `latchkey-client-${version}.tgz`)
  await run('tar', ['-xzf', packed, '-C', installed, '--strip-components', '1'])
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
  return installed
}
