import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { differences } from './docs/compare.ts'
import { type Block, readBlocks, root, whereIs } from './docs/markdown.ts'
import { runBash } from './docs/run-bash.ts'
import { type Started, startNode } from './docs/started.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-tour-'))
const blocks = readBlocks('README.md').filter(({ section }) => section.startsWith('A tour'))
const divider = '@@@ next block'
let server: Started | undefined

beforeAll(async () => {
  const program = join(root, 'packages/server/bin/latchkey.js')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  server = await startNode([program, 'serve', '--dev', '--port', '0'], {
    cwd: folder,
    // The half minute may end between a code and its request.
    env: { MFA_TOTP_TOLERANCE: '1' },
    until: /Latchkey listens on (http:\S+)/,
  })
})

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the tour of README.md', () => {
  it('shows an answer for what it has people run', () => {
    const languages = blocks.map(({ language }) => language)
    assert.ok(languages.filter((it) => it === 'sh').length >= 8)
    assert.ok(languages.filter((it) => it === 'json').length >= 8)
  })

  it('works as it is printed', async () => {
    const commands = blocks.filter(({ language }) => language === 'sh')
    const script = commands.map(({ text }) => text).join(`\necho '${divider}'\n`)
    const here = script.replaceAll('http://localhost:8000', server?.found ?? '')
    const printed = (await runBash(here, folder)).split(divider)
    for (const [index, command] of commands.entries()) {
      compare(command, printed[index]?.trim() ?? '')
    }
  })
})

/** What a block printed is the JSON that the page shows next, or nothing. */
function compare(command: Block, printed: string): void {
  const next = blocks[blocks.indexOf(command) + 1]
  const isShown = next?.language === 'json'
  assert.match(printed, isShown ? /^\{/ : /^$/, whereIs(command))
  const problems = isShown ? differences(JSON.parse(next.text), JSON.parse(printed)) : []
  assert.deepEqual(problems, [], whereIs(command))
}
