// Makes packages/client/dist, the folder that is published: two modules, types that need no other package,
// and a package.json of its own. In this repository the source is used as it is.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type ts from 'typescript'

const root = fileURLToPath(new URL('../', import.meta.url))
const client = join(root, 'packages/client')

/** The doors of the package, by the name of their module. */
const doors = { index: 'src/index.ts', react: 'src/react/index.ts' }

/** What bundles and what writes types: a machine that only installs has neither. */
export interface BuildTools {
  build: typeof import('rolldown')['build']
  ts: typeof ts
}

/** Writes the package into a folder that is not there yet. */
export async function buildClient({ build, ts }: BuildTools, folder: string): Promise<void> {
  await build({
    input: Object.fromEntries(
      Object.entries(doors).map(([name, file]) => [name, join(client, file)]),
    ),
    platform: 'neutral',
    external: ['react'],
    onLog(level, log, report) {
      // It says that 'use client' may be lost, which a test holds that it is not.
      if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
    },
    output: { dir: folder, format: 'esm', sourcemap: true, chunkFileNames: 'core.js' },
  })
  writeTypes(ts, join(folder, 'types'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
  cpSync(join(client, 'README.md'), join(folder, 'README.md'))
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}

/** What it is published with: no dependencies, and React only for those who have it. */
function manifest(): object {
  const source = JSON.parse(readFileSync(join(client, 'package.json'), 'utf8'))
  const { name, version, license, description, type, sideEffects } = source
  const { peerDependencies, peerDependenciesMeta } = source
  return {
    name,
    version,
    license,
    description,
    type,
    sideEffects,
    exports: {
      '.': { types: './types/client/src/index.d.ts', default: './index.js' },
      './react': { types: './types/client/src/react/index.d.ts', default: './react.js' },
      './package.json': './package.json',
    },
    peerDependencies,
    peerDependenciesMeta,
  }
}

/** The declarations of the client, beside those of the contract that they need. */
function writeTypes(compiler: typeof ts, folder: string): void {
  const { config } = compiler.readConfigFile(join(root, 'tsconfig.json'), compiler.sys.readFile)
  const parsed = compiler.parseJsonConfigFileContent({ ...config, include: [] }, compiler.sys, root)
  const contract = join(root, 'packages/contract/src/index.ts')
  const files = [...Object.values(doors).map((file) => join(client, file)), contract]
  const program = compiler.createProgram(files, {
    ...parsed.options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    types: [],
    rootDir: join(root, 'packages'),
    outDir: folder,
  })
  const { diagnostics } = program.emit(undefined, (path, text) => {
    const toContract = relative(dirname(path), join(folder, 'contract/src/index.js'))
    const self = text
      .replaceAll("'@latchkey/contract'", `'${toContract.replaceAll('\\', '/')}'`)
      .replaceAll(/ from '(\.[^']+)\.ts'/g, " from '$1.js'")
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, self)
  })
  const problems = [...compiler.getPreEmitDiagnostics(program), ...diagnostics]
  if (problems.length === 0) return
  const host = {
    getCanonicalFileName: (it: string) => it,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  }
  throw new Error(compiler.formatDiagnostics(problems, host))
}
