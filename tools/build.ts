// Builds what is run and published: the server with its pages into packages/server/dist, the client into
// packages/client/dist. With --if-possible, as an install runs it, missing tools are no failure.
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildClient } from './build-client.ts'
import { buildPortal } from './build-portal.ts'
import { buildServer } from './build-server.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

const tools = await findTools()
if (tools === null) {
  console.log('Without its development tools Latchkey is not built; it starts from its source.')
} else {
  const { build } = tools
  await replace('packages/server', async (folder) => {
    await buildServer(build, folder)
    buildPortal(join(folder, 'portal'))
  })
  await replace('packages/client', (folder) => buildClient(tools, folder))
}

/** Builds aside and then puts in place, so that no process ever starts from half a build. */
async function replace(path: string, write: (folder: string) => Promise<void>): Promise<void> {
  const unfinished = join(root, path, '.dist')
  const built = join(root, path, 'dist')
  rmSync(unfinished, { recursive: true, force: true })
  await write(unfinished)
  rmSync(built, { recursive: true, force: true })
  renameSync(unfinished, built)
}

/** Null where one is missing and need not be there. */
async function findTools() {
  try {
    await import('vite')
    const [{ build }, { default: ts }] = await Promise.all([
      import('rolldown'),
      import('typescript'),
    ])
    return { build, ts }
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (isMissing && process.argv.includes('--if-possible')) return null
    throw error
  }
}
