import assert from 'node:assert/strict'
import type { Visitor, VisitorKind } from './visitor.ts'

/** Tries a site with `/me` for users alone, and `/` that shows who comes, if anybody. */
export async function tryUsersAlone(visit: (kind: VisitorKind) => Visitor): Promise<void> {
  for (const kind of ['browser', 'app'] as const) {
    const somebody = visit(kind)
    const refused = await somebody.request('GET', '/me')
    assert.equal(refused.status, 401)
    assert.equal((await refused.json()).meta.is_authenticated, false)
    assert.equal(await (await somebody.request('GET', '/')).text(), 'nobody')
    await somebody.signUp(`${kind}@example.org`)
    assert.equal(await (await somebody.request('GET', '/me')).text(), kind)
    assert.equal(await (await somebody.request('GET', '/')).text(), kind)
    await somebody.signOut()
    assert.equal((await somebody.request('GET', '/me')).status, 401)
  }
}
