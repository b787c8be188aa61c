import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { root } from '../docs/markdown.ts'

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

describe.skipIf(!hasSystemd)('deploy/latchkey.service', () => {
  it('is understood by systemd', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-service-'))
    const unit = readFileSync(join(root, 'deploy/latchkey.service'), 'utf8')
    const file = join(folder, 'latchkey.service')
    // It looks for the program, which is not installed here.
    writeFileSync(file, unit.replace('/opt/latchkey/node_modules/.bin/latchkey', process.execPath))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' })
  })
})
