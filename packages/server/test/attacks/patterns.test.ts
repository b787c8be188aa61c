// Text that makes a regular expression search for a long time: every pattern of the source is tried.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, it } from 'vitest'

const source = join(import.meta.dirname, '../../src')
const length = 8192
const patienceMs = 60

const repeated = [
  ...['a', 'A', '0', '1', ' ', '\t', '\n', '@', '.', '-', '_', '/', ':', '=', ';', ',', '"', '\\'],
  ...['<', '>', '%', '+', '*', '(', '[', '{', '}', '?', '#', '&', 'é', '\0'],
  ...['a.', 'a ', 'a-', '0.', 'a,', ' ,', '=;', 'a@', '/.', '..'],
]
const beginnings = ['', 'a', '0', 'x@', '1/']
const endings = ['\u0001', '!\n']

/** Every pattern that is written down in the source, with the file it is in. */
function readPatterns(): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of globSync('**/*.ts', { cwd: source })) {
    if (file.endsWith('.test.ts') || file.includes('testing/')) continue
    const text = readFileSync(join(source, file), 'utf8')
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) found.set(node.text, file)
      ts.forEachChild(node, visit)
    }
    visit(tree)
  }
  return found
}

function compile(literal: string): RegExp {
  const end = literal.lastIndexOf('/')
  return new RegExp(literal.slice(1, end), literal.slice(end + 1).replace(/[gy]/g, ''))
}

/** What a pattern begins with, as far as it is plain letters. */
function beginningOf(literal: string): string {
  const plain = /^\/\^?((?:[a-zA-Z0-9:/@ ]|\\[/.-])+)/.exec(literal)?.[1] ?? ''
  return plain.replace(/\\(.)/g, '$1')
}

/** A text that takes a pattern longer than it may, each time of three; null where there is none. */
function findSlow(literal: string): string | null {
  const pattern = compile(literal)
  for (const beginning of new Set([...beginnings, beginningOf(literal)])) {
    for (const unit of repeated) {
      for (const ending of endings) {
        const text = beginning + unit.repeat(length / unit.length) + ending
        // Once may be the machine's fault.
        if ([1, 2, 3].every(() => isSlow(pattern, text))) {
          return JSON.stringify([beginning, unit, ending])
        }
      }
    }
  }
  return null
}

function isSlow(pattern: RegExp, text: string): boolean {
  const startedAt = performance.now()
  pattern.test(text)
  return performance.now() - startedAt > patienceMs
}

describe('the patterns of the source', () => {
  const patterns = readPatterns()

  it('are found, more than a hundred', () => {
    assert.ok(patterns.size > 100, `${patterns.size}`)
  })

  it('tell of any text of 8 KiB soon whether it fits', { timeout: 120_000 }, () => {
    const slow = [...patterns].flatMap(([literal, file]) => {
      const text = findSlow(literal)
      return text === null ? [] : [`${file}: ${literal} takes long for ${text}`]
    })
    assert.deepEqual(slow, [])
  })

  it('would be found out if they did not', () => {
    assert.notEqual(findSlow('/^(\\d*\\.?\\d*)[smhd]$/'), null)
  })
})
