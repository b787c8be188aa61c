// Bundles the server into packages/server/dist, where a start reads a few files instead of hundreds.
// With --if-possible, as an install runs it, a bundler that is not installed is no failure.
import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { RolldownOutput } from 'rolldown'

const root = fileURLToPath(new URL('../', import.meta.url))
const server = join(root, 'packages/server')
const portal = join(root, 'apps/portal/dist')

/**
 * Not inlined: the hashes are native code, of OpenTelemetry there may be no second copy, and all are
 * loaded only when they are first needed.
 */
const external = [
  '@node-rs/argon2',
  '@node-rs/bcrypt',
  '@opentelemetry/api',
  'ioredis',
  'mysql2',
  'nodemailer',
  'pg',
  'prom-client',
]

/** The entries for frameworks, named after them. */
const adapters = Object.fromEntries(
  ['express', 'fastify', 'hono', 'next'].map((name) => [
    name,
    join(server, `src/adapters/${name}.ts`),
  ]),
)

/** Read at run time from beside the code that asks for them. */
const dataFiles = [
  'packages/server/src/passwords/common-passwords.txt',
  'packages/contract/openapi.yaml',
  'packages/contract/latchkey.yaml',
]

async function main(): Promise<void> {
  const bundler = await import('rolldown').catch((error: unknown) => {
    if (process.argv.includes('--if-possible') && isNotInstalled(error)) return null
    throw error
  })
  if (bundler === null) {
    console.log('Without its development tools Latchkey is not built; it starts from its source.')
    return
  }
  // Built aside and then put in place, so that no process ever starts from half a build.
  const unfinished = join(server, '.dist')
  rmSync(unfinished, { recursive: true, force: true })
  const { output } = await bundler.build({
    input: {
      main: join(server, 'src/cli/main.ts'),
      index: join(server, 'src/index.ts'),
      node: join(server, 'src/node/index.ts'),
      ...adapters,
    },
    platform: 'node',
    external,
    output: {
      dir: unfinished,
      format: 'esm',
      sourcemap: true,
      comments: false,
      chunkFileNames: 'chunk-[hash].js',
    },
  })
  for (const file of dataFiles) copyFileSync(join(root, file), join(unfinished, basename(file)))
  if (existsSync(join(portal, 'index.html'))) copyPortal(join(unfinished, 'portal'))
  else console.log('The portal is not built, so the server has no pages of its own.')
  writeFileSync(join(unfinished, 'THIRD-PARTY-LICENSES.txt'), collectLicenses(output))
  const built = join(server, 'dist')
  rmSync(built, { recursive: true, force: true })
  renameSync(unfinished, built)
}

/** The pages, with what is worth it packed, so that no server has to do that. */
function copyPortal(folder: string): void {
  cpSync(portal, folder, { recursive: true })
  for (const name of globSync('**/*.{css,js,json,svg,txt,webmanifest}', { cwd: folder })) {
    const path = join(folder, name)
    const body = readFileSync(path)
    for (const [extension, pack] of [
      ['br', brotliCompressSync] as const,
      ['gz', gzipSync] as const,
    ]) {
      const packed = pack(body)
      if (packed.length < body.length * 0.9) writeFileSync(`${path}.${extension}`, packed)
    }
  }
}

function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}

/** The terms of every package that the build has inlined. */
function collectLicenses(output: RolldownOutput['output']): string {
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  const packages = modules.flatMap((id) => {
    const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0]
    return folder === undefined ? [] : [folder]
  })
  return [...new Set(packages)]
    .sort()
    .map(describePackage)
    .join(`\n\n${'-'.repeat(80)}\n\n`)
}

function describePackage(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const [file] = globSync('{LICENSE,LICENCE,license,licence}*', { cwd: folder }).sort()
  if (file === undefined) throw new Error(`${name}: expected a file with its licence`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}

if (import.meta.main) await main()
