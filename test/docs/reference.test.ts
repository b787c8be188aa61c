import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { readBlocks, root } from './markdown.ts'
import { runBash } from './run-bash.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-reference-'))
const program = join(root, 'packages/server/bin/latchkey.js')
const blocks = readBlocks('docs/api-reference.md')

beforeAll(() => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the client of docs/api-reference.md', () => {
  it('compiles with the types that are generated for it', { timeout: 120_000 }, async () => {
    const commands = textOf('types')
    const latchkey = `latchkey() { '${process.execPath}' '${program}' "$@"; }`
    await runBash(`exec 2>&1\n${latchkey}\n${commands}`, folder)
    const path = join(folder, 'client.ts')
    writeFileSync(path, textOf('client'))
    assert.deepEqual(problemsOf(path), [])
  })
})

function textOf(note: string): string {
  return blocks.find((block) => block.note === note)?.text ?? assert.fail(`no block "${note}"`)
}

function problemsOf(path: string): string[] {
  const checked = ts.createProgram([path], {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2024,
    types: [],
  })
  return ts
    .getPreEmitDiagnostics(checked)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
