import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'rolldown'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { installPacked } from './testing/packed.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../', import.meta.url))
const tsc = join(root, 'node_modules/typescript/bin/tsc')

/** What a program that uses all of the client's types costs the compiler: two thirds more than it was. */
const mostInstantiations = 6_000
const mostBytes = { index: 6000, react: 2000 }

/** A program of somebody else, with what was packed and nothing beside it. */
const folder = mkdtempSync(join(tmpdir(), 'latchkey-published-'))
const installed = join(folder, 'node_modules/@latchkey/client')

beforeAll(async () => {
  await installPacked(folder)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

/** What the compiler says of a program, and what it counted. */
async function check(
  file: string,
  moduleResolution: 'bundler' | 'nodenext',
  more: readonly string[] = [],
): Promise<string> {
  const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext'
  const kind = ['--module', module, '--moduleResolution', moduleResolution, '--target', 'es2022']
  const lib = ['--lib', 'es2024,dom,dom.iterable']
  const args = [tsc, file, '--strict', '--noEmit', ...kind, ...lib, ...more]
  const { stdout } = await run(process.execPath, args, { cwd: folder }).catch((error) => {
    throw new Error(error.stdout)
  })
  return stdout
}

describe('the published package', () => {
  it('depends on nothing', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    assert.equal(manifest.dependencies, undefined)
    assert.deepEqual(manifest.peerDependencies, { react: '>=18' })
    assert.equal(manifest.peerDependenciesMeta.react.optional, true)
    assert.equal(manifest.private, undefined)
  })

  it('has types that are right by themselves, for bundlers and for Node.js', async () => {
    copyFileSync(new URL('programs/typed.ts', import.meta.url), join(folder, 'typed.ts'))
    await check('typed.ts', 'nodenext')
    // Without the declarations of the browser, which cost more than all that is ours.
    const told = await check('typed.ts', 'bundler', ['--skipLibCheck', '--extendedDiagnostics'])
    const [, instantiations] = /^Instantiations: +(\d+)/m.exec(told) ?? []
    const [, seconds] = /^Check time: +(\S+)/m.exec(told) ?? []
    process.stdout.write(`types of the client: ${instantiations} instantiations, ${seconds}\n`)
    assert.ok(Number(instantiations) > 0)
    assert.ok(Number(instantiations) < mostInstantiations, `${instantiations} instantiations`)
  })

  it('runs in Node.js, with a server that is not there', async () => {
    write(
      'program.mjs',
      `import { createClient, LatchkeyError } from '@latchkey/client'
       const client = createClient({ url: 'http://127.0.0.1:1' })
       const error = await client.getSession().catch((it) => it)
       console.log(error instanceof LatchkeyError, error.code, client.state.status)`,
    )
    const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder })
    assert.equal(stdout.trim(), 'true network unknown')
  })

  it('touches nothing of a browser or of Node.js when it is loaded', async () => {
    // As a server that renders, or React Native, would: without what either has and the other lacks.
    write(
      'bare.mjs',
      `for (const name of ['document', 'navigator', 'process', 'Buffer', 'BroadcastChannel', 'localStorage']) {
         Object.defineProperty(globalThis, name, { get() { throw new Error('touched ' + name) } })
       }
       await import('@latchkey/client')`,
    )
    await run(process.execPath, ['bare.mjs'], { cwd: folder })
    for (const file of ['index.js', 'react.js', 'core.js']) {
      const text = readFileSync(join(installed, file), 'utf8')
      const imports = [...text.matchAll(/^import .* from "([^"]+)"/gm)].map(([, from]) => from)
      assert.deepEqual(
        imports.filter((from) => from !== './core.js' && from !== 'react'),
        [],
      )
    }
  })

  it('is marked for the client, where React renders on the server too', () => {
    assert.match(readFileSync(join(installed, 'react.js'), 'utf8'), /^"use client";/)
  })

  for (const [name, most] of Object.entries(mostBytes)) {
    it(`is small: ${name} has at most ${most} bytes, minified and compressed`, async () => {
      // React components come on top of a client that is there anyway.
      const external = name === 'react' ? ['react', './core.js'] : []
      const { output } = await build({
        input: join(installed, `${name}.js`),
        external,
        write: false,
        platform: 'browser',
        output: { minify: true, format: 'esm' },
        onLog() {},
      })
      const bytes = gzipSync(output[0].code, { level: 9 }).length
      process.stdout.write(`the client, ${name}: ${bytes} bytes\n`)
      assert.equal(output.length, 1)
      assert.ok(bytes <= most, `${bytes} bytes`)
    })
  }
})
