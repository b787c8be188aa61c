// Builds the server, with its pages, into packages/server/dist. With --if-possible, as an install runs it,
// missing tools are no failure.
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPortal } from './build-portal.ts'
import { buildServer } from './build-server.ts'

const server = fileURLToPath(new URL('../packages/server/', import.meta.url))

const bundler = await findBundler()
if (bundler === null) {
  console.log('Without its development tools Latchkey is not built; it starts from its source.')
} else {
  // Built aside and then put in place, so that no process ever starts from half a build.
  const unfinished = join(server, '.dist')
  const built = join(server, 'dist')
  rmSync(unfinished, { recursive: true, force: true })
  await buildServer(bundler.build, unfinished)
  buildPortal(join(unfinished, 'portal'))
  rmSync(built, { recursive: true, force: true })
  renameSync(unfinished, built)
}

/** Null where it, or the one of the pages, is missing and need not be there. */
async function findBundler() {
  try {
    await import('vite')
    return await import('rolldown')
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (isMissing && process.argv.includes('--if-possible')) return null
    throw error
  }
}
