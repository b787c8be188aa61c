// Bundles the server, so that a start reads a few files instead of hundreds.
import { copyFileSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RolldownOutput } from 'rolldown'

const root = fileURLToPath(new URL('../', import.meta.url))
const server = join(root, 'packages/server')

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

/** Writes the server into a folder that is not there yet. */
export async function buildServer(
  build: typeof import('rolldown')['build'],
  folder: string,
): Promise<void> {
  const { output } = await build({
    input: {
      main: join(server, 'src/cli/main.ts'),
      index: join(server, 'src/index.ts'),
      node: join(server, 'src/node/index.ts'),
      ...adapters,
    },
    platform: 'node',
    external,
    output: {
      dir: folder,
      format: 'esm',
      sourcemap: true,
      comments: false,
      chunkFileNames: 'chunk-[hash].js',
    },
  })
  for (const file of dataFiles) copyFileSync(join(root, file), join(folder, basename(file)))
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), collectLicenses(output))
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
