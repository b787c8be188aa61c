import assert from 'node:assert/strict'
import type { TestAuth } from '../../testing/auth.ts'
import { type TestAnswer, TestClient } from '../../testing/client.ts'
import { base64url, type Credential, storedFactors, withClientData, withResponse } from './keys.ts'

/** Ways to spoil what a browser returned. */
export type Oddities = Record<string, (good: Credential) => unknown>

const missing: Oddities = {
  'an empty list': () => [],
  'an empty object as text': () => ' {} ',
  'an empty list as text': () => '[]',
  'no value as text': () => 'null',
}

const unparsable: Oddities = {
  blanks: () => '  ',
  'text that is no JSON': (good) => `${JSON.stringify(good)}}`,
  'text with a BOM': (good) => `\ufeff${JSON.stringify(good)}`,
}

/** As a member of its own, which an object literal does not make of it. */
function asPrototype(value: unknown): object {
  return JSON.parse(`{"__proto__":${JSON.stringify(value)}}`)
}

function withoutMember(good: Credential, name: string): object {
  return Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))
}

const clientData = (bytes: unknown) => (good: Credential) =>
  withResponse(good, { clientDataJSON: typeof bytes === 'string' ? base64url(bytes) : bytes })

/** What holds of no key, new or not. */
export const common: Oddities = {
  'a list': (good) => [good],
  'a number': () => 5,
  'a truth value': () => true,
  'text in quotes': () => '"text"',
  'a number as text': () => '5',
  'lists in lists without end': () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'nothing that is known': () => ({ x: 1 }),
  'all of it as prototype': (good) => asPrototype(good),
  'its response as prototype': (good) => ({ ...good, response: asPrototype(good.response) }),
  'no id': (good) => withoutMember(good, 'id'),
  'neither id': (good) => withoutMember({ ...good, id: undefined }, 'rawId'),
  'an id that is empty': (good) => ({ ...good, id: '', rawId: '' }),
  'an id that is a number': (good) => ({ ...good, id: 1 }),
  'an id that is a list': (good) => ({ ...good, id: [good.id] }),
  'an id that is an object': (good) => ({ ...good, id: {}, rawId: {} }),
  'an id beside another': (good) => ({ ...good, rawId: `${good.rawId}A` }),
  'a huge id beside another': (good) => ({ ...good, id: 'A'.repeat(60_000) }),
  'no type': (good) => withoutMember(good, 'type'),
  'another type': (good) => ({ ...good, type: 'password' }),
  'no response': (good) => withoutMember(good, 'response'),
  'a response that is null': (good) => ({ ...good, response: null }),
  'a response that is a list': (good) => ({ ...good, response: [good.response] }),
  'a response that is text': (good) => ({ ...good, response: JSON.stringify(good.response) }),
  'a response that is empty': (good) => ({ ...good, response: {} }),
  'client data that are missing': clientData(undefined),
  'client data that are a number': clientData(5),
  'client data that are an object': clientData({ toString: 'x' }),
  'client data that are no base64': (good) => withResponse(good, { clientDataJSON: '!!!!' }),
  'client data that are empty': clientData(''),
  'client data that are no JSON': clientData('not JSON'),
  'client data that are null': clientData('null'),
  'client data that are a list': clientData('[1]'),
  'client data that are no UTF-8': (good) =>
    withResponse(good, { clientDataJSON: base64url(Buffer.from([0xc3, 0x28])) }),
  'client data with a BOM': (good) =>
    clientData(`\ufeff${Buffer.from(String(good.response.clientDataJSON), 'base64url')}`)(good),
  'client data without origin': (good) => withClientData(good, { origin: undefined }),
  'an origin that is a list': (good) => withClientData(good, { origin: ['https://localhost'] }),
  'an origin that is null as text': (good) => withClientData(good, { origin: 'null' }),
  'no challenge': (good) => withClientData(good, { challenge: undefined }),
  'a challenge that is a list': (good) => withClientData(good, { challenge: ['x'] }),
  'a challenge with padding': (good) => {
    const data = Buffer.from(String(good.response.clientDataJSON), 'base64url').toString()
    return withClientData(good, { challenge: `${JSON.parse(data).challenge}=` })
  },
  'a token binding that is text': (good) => withClientData(good, { tokenBinding: 'x' }),
}

/** A step of a client that takes a credential. */
export interface Ceremony {
  client: TestClient
  send(credential: unknown): Promise<TestAnswer>
  /** The field that is named where the answer does not hold. */
  param: 'credential' | '-'
}

/** Sends every oddity, and then, for the same challenge, what is right. */
export async function assertRefused(
  auth: TestAuth,
  { client, send, param }: Ceremony,
  { good, own }: { good: Credential; own: Oddities },
) {
  const before = [await storedFactors(auth), await auth.sent()]
  const session = (await client.get('auth/session')).body
  for (const [code, oddities] of [
    ['required@credential', missing],
    ['invalid@credential', unparsable],
    [`incorrect_code@${param}`, { ...common, ...own }],
  ] as const) {
    for (const [name, spoil] of Object.entries(oddities)) {
      const answer = await send(spoil(good))
      assert.deepEqual([answer.status, ...TestClient.errors(answer)], [400, code], name)
    }
  }
  assert.deepEqual([await storedFactors(auth), await auth.sent()], before)
  assert.deepEqual((await client.get('auth/session')).body, session)
  assert.deepEqual(
    auth.logged.filter(({ level }) => level !== 'info'),
    [],
  )
  const answer = await send(JSON.stringify(good))
  assert.equal(answer.status, 200, answer.text)
}
