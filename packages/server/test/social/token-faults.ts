import { SignJWT, UnsecuredJWT } from 'jose'
import { change } from './misanswers.ts'
import type { Claims, Fault, Signing } from './misbehaving-provider.ts'

/** A fault, and what the log says of it. */
export type Case = readonly [name: string, fault: Fault, reason: RegExp]

function claims(members: Claims): Fault {
  return { claims: (honest) => ({ ...honest, ...members }) }
}

function inSeconds(member: string, seconds: number): Fault {
  return { claims: (honest) => ({ ...honest, [member]: Number(honest.iat) + seconds }) }
}

function signBy(key: (signing: Signing) => Signing['key'] | Uint8Array, alg: string): Fault {
  return {
    sign: (signing) =>
      new SignJWT(signing.claims).setProtectedHeader({ ...signing.header, alg }).sign(key(signing)),
  }
}

const bytes = (secret: string) => new TextEncoder().encode(secret)

async function sign({ claims, header, key }: Signing): Promise<string[]> {
  return (await new SignJWT(claims).setProtectedHeader(header).sign(key)).split('.')
}

/** What can be wrong with an id_token, wherever it comes from. */
export const tokenFaults: readonly Case[] = [
  ['signed by another key', signBy(({ foreignKey }) => foreignKey, 'RS256'), /signature/],
  [
    'with other claims than were signed',
    {
      async sign(signing) {
        const [header, , signature] = await sign(signing)
        const [, payload] = await sign({ ...signing, claims: { ...signing.claims, sub: 'bob' } })
        return [header, payload, signature].join('.')
      },
    },
    /signature/,
  ],
  ['without a signature', { sign: async (it) => (await sign(it)).slice(0, 2).join('.') }, /valid/],
  ['with alg none', { sign: (it) => new UnsecuredJWT(it.claims).encode() }, /alg|valid/],
  ['by HS256 and the public key', signBy((it) => bytes(it.publicPem), 'HS256'), /alg/],
  ['by HS256 and the client secret', signBy((it) => bytes(it.clientSecret), 'HS256'), /alg/],
  ['with another kid', { header: { kid: 'nobody' } }, /no applicable key/],
  ['of typ at+jwt', { header: { typ: 'at+jwt' } }, /another kind/],
  [
    'with an unknown crit',
    { header: { crit: ['urn:example:unheard'], 'urn:example:unheard': 1 } },
    /not understood/,
  ],
  ['of another issuer', claims({ iss: 'https://evil.example.org' }), /another issuer/],
  [
    'of an issuer in another spelling',
    { claims: (it) => ({ ...it, iss: `${it.iss}/` }) },
    /another issuer/,
  ],
  ['of no issuer', claims({ iss: undefined }), /"iss"/],
  ['for another audience', claims({ aud: 'other' }), /"aud"/],
  ['for no audience', claims({ aud: undefined }), /"aud"/],
  ['for an empty list of audiences', claims({ aud: [] }), /"aud"/],
  ['for several without azp', claims({ aud: ['latchkey', 'other'] }), /another client/],
  ['with a foreign azp', claims({ azp: 'other' }), /another client/],
  ['with an azp that is no text', claims({ azp: ['latchkey'] }), /another client/],
  ['that has expired', inSeconds('exp', -31), /"exp"/],
  ['without exp', claims({ exp: undefined }), /"exp"/],
  ['with exp as text', claims({ exp: '99999999999' }), /"exp"/],
  ['that is not valid yet', inSeconds('nbf', 60), /"nbf"/],
  ['from the future', inSeconds('iat', 60), /in the future/],
  ['without iat', claims({ iat: undefined }), /"iat"/],
  ['without sub', claims({ sub: undefined }), /"sub"/],
  ['with an empty sub', claims({ sub: '' }), /sub/],
  ['with a blank sub', claims({ sub: ' ' }), /sub/],
  ['with blanks around its sub', claims({ sub: 'ann ' }), /sub/],
  ['with an overlong sub', claims({ sub: 'a'.repeat(256) }), /too long|sub/],
  ['with control characters in its sub', claims({ sub: 'ann\0' }), /sub/],
  ['with half a character as its sub', claims({ sub: '\ud800' }), /sub/],
  ['with an object as its sub', claims({ sub: { id: 'ann' } }), /sub/],
  ['with a list as its sub', claims({ sub: ['ann'] }), /sub/],
  ['with true as its sub', claims({ sub: true }), /sub/],
  ['with a huge number as its sub', claims({ sub: 1e300 }), /sub/],
  ['with a number that is no integer as its sub', claims({ sub: 1.5 }), /sub/],
  ['that is none', { sign: () => 'nonsense' }, /valid/],
  ['with five parts', { sign: () => 'a.b.c.d.e' }, /valid/],
]

/** What can be wrong with it for those only who are sent there. */
export const nonceFaults: readonly Case[] = [
  ['with another nonce', claims({ nonce: 'other' }), /another nonce/],
  ['without a nonce', claims({ nonce: undefined }), /another nonce/],
  ['with a list as its nonce', { claims: (it) => ({ ...it, nonce: [it.nonce] }) }, /another nonce/],
]

async function signUnnamed(signing: Signing): Promise<string> {
  return (await sign({ ...signing, header: { alg: 'RS256' } })).join('.')
}

/** What is wrong with it only where a client hands it over. */
export const unnamedKey: Case = ['without kid', { sign: signUnnamed }, /names no key/]

/** Where more than one key can be meant. */
export const ambiguousKey: Case = [
  'without kid where there are two keys',
  {
    sign: signUnnamed,
    jwks(answer, honest) {
      const { keys } = Object.assign({ keys: [] as object[] }, honest)
      const [key] = keys
      answer.end(JSON.stringify({ keys: [key, { ...key, kid: 'second' }] }))
    },
  },
  /multiple|no key/,
]

/** What can be wrong with what the issuer says of itself. */
export const configurationFaults: readonly Case[] = [
  [
    'names another issuer',
    { configuration: change({ issuer: 'https://evil.example.org' }) },
    /another one/,
  ],
  ['names no issuer', { configuration: change({ issuer: undefined }) }, /another one/],
  [
    'names no token endpoint',
    { configuration: change({ token_endpoint: undefined }) },
    /no token_endpoint/,
  ],
  ['names no keys', { configuration: change({ jwks_uri: undefined }) }, /no jwks_uri/],
  [
    'sends browsers to a script',
    { configuration: change({ authorization_endpoint: 'javascript:alert(1)' }) },
    /no address/,
  ],
  [
    'sends browsers to no address',
    { configuration: change({ authorization_endpoint: 'login' }) },
    /no address/,
  ],
  [
    'has its tokens at no address',
    { configuration: change({ token_endpoint: 'tokens' }) },
    /no address/,
  ],
  ['has its keys at no address', { configuration: change({ jwks_uri: 'keys' }) }, /no address/],
  [
    'has its userinfo at no address',
    { configuration: change({ userinfo_endpoint: 'me' }) },
    /no address/,
  ],
  [
    'has lists for addresses',
    { configuration: change({ token_endpoint: ['https://id.example.org'] }) },
    /no token_endpoint/,
  ],
]
