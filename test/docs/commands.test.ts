import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { fitsText } from './compare.ts'
import { readBlocks, root, whereIs } from './markdown.ts'
import { runBash } from './run-bash.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-commands-'))
const program = join(root, 'packages/server/bin/latchkey.js')
const blocks = readBlocks('docs/cli.md')
const commands = blocks.filter(({ language }) => language === 'sh')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the commands of docs/cli.md', () => {
  for (const command of commands) {
    it(`line ${command.line}: ${command.text.split('\n')[0]}`, async () => {
      const latchkey = `latchkey() { '${process.execPath}' '${program}' "$@"; }`
      const printed = await runBash(`exec 2>&1\n${latchkey}\n${command.text}`, folder)
      const shown = blocks[blocks.indexOf(command) + 1]
      assert.equal(shown?.language, 'text', whereIs(command))
      const fits = fitsText(shown?.text ?? '', printed.trimEnd())
      assert.ok(fits, `${whereIs(command)} printed\n${printed}`)
    })
  }
})
