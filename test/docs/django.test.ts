import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuth } from 'latchkey'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { readBlocks, root } from './markdown.ts'
import { runBash } from './run-bash.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-django-'))
const secretKey = 'a secret that only the tests know, long enough'
const databasePath = join(folder, 'latchkey.sqlite3')
// Of `letmein`, made by Python.
const hash = 'pbkdf2_sha256$260000$seasalt2$nK/5upSP/SH93xrbsUiL6HQGfzqBD6h9X21GbLkEF50='
const ann = { email: 'ann@example.org', verified: true }

const lines = [
  { django_id: 1, username: 'ann', password: hash, is_active: true, emails: [ann] },
  { django_id: 2, username: 'bob', password: '!x', is_active: true, emails: [] },
  { django_id: 3, username: 'ann', password: hash, is_active: true, emails: [] },
  { django_id: 4, username: 'eve', password: hash, is_active: false, emails: [] },
]

let printed = ''

beforeAll(async () => {
  const block = readBlocks('docs/coming-from-django-allauth.md').find((it) => it.note === 'import')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'import.ts'), block?.text ?? '')
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  writeFileSync(join(folder, 'users.jsonl'), text)
  const env = `SECRET_KEY='${secretKey}' DATABASE_PATH='${databasePath}'`
  printed = await runBash(`${env} '${process.execPath}' import.ts 2>&1`, folder)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the program of docs/coming-from-django-allauth.md', () => {
  it('makes each user, and names who cannot be made', () => {
    assert.match(printed, /^1 [\w-]{36}$/m)
    assert.match(printed, /^2 [\w-]{36}$/m)
    assert.match(printed, /^ann: .+$/m)
    assert.match(printed, /^4 [\w-]{36}$/m)
  })

  it('lets them log in with their passwords of before, unless they are locked out', async () => {
    const auth = await createAuth({
      account: { loginMethods: ['username', 'email'] },
      server: { secretKey, databasePath },
    })
    const logIn = async (input: object) => {
      const body = JSON.stringify(input)
      const url = 'http://localhost/_allauth/app/v1/auth/login'
      return (await auth.fetch(new Request(url, { method: 'POST', body }))).status
    }
    try {
      assert.equal(await logIn({ email: 'ann@example.org', password: 'letmein' }), 200)
      // Replaced by the log-in before, and still the same password.
      assert.equal(await logIn({ username: 'ann', password: 'letmein' }), 200)
      assert.equal(await logIn({ username: 'ann', password: 'wrong' }), 400)
      assert.equal(await logIn({ username: 'bob', password: '!x' }), 400)
      assert.notEqual(await logIn({ username: 'eve', password: 'letmein' }), 200)
    } finally {
      await auth.close()
    }
  })
})
