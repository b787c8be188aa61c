import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import { calculateJwkThumbprint, type JWK } from 'jose'
import type { JwtAlgorithm } from '../settings/headless-tokens.ts'

const leastRsaBits = 2048

/** A key that tokens are verified with. */
export interface VerifyingKey {
  /** The RFC 7638 thumbprint of the public key; null for a shared secret. */
  readonly kid: string | null
  /** What it may have signed with. A token's own header never widens it. */
  readonly algorithms: readonly JwtAlgorithm[]
  readonly key: KeyObject
}

/** A key that signs tokens and verifies them. */
export interface SigningKey extends VerifyingKey {
  readonly algorithm: JwtAlgorithm
  readonly privateKey: KeyObject
}

/** A family of algorithms: which keys it takes, and how one is made. */
interface Family {
  readonly algorithms: readonly JwtAlgorithm[]
  readonly expected: string
  fits(key: KeyObject): boolean
  generate?(): Promise<{ privateKey: KeyObject }>
}

const generate = promisify(generateKeyPair)

const families: readonly Family[] = [
  {
    algorithms: ['RS256', 'RS384', 'RS512'],
    expected: `an RSA key of ${leastRsaBits} bits or more`,
    fits: (key) =>
      key.asymmetricKeyType === 'rsa' &&
      (key.asymmetricKeyDetails?.modulusLength ?? 0) >= leastRsaBits,
    generate: () => generate('rsa', { modulusLength: leastRsaBits }),
  },
  curve('ES256', 'P-256', 'prime256v1'),
  curve('ES384', 'P-384', 'secp384r1'),
  curve('ES512', 'P-521', 'secp521r1'),
  {
    algorithms: ['EdDSA'],
    expected: 'an Ed25519 key',
    fits: (key) => key.asymmetricKeyType === 'ed25519',
    generate: () => generate('ed25519'),
  },
  {
    algorithms: ['HS256', 'HS384', 'HS512'],
    expected: 'a secret',
    fits: (key) => key.type === 'secret',
  },
]

function curve(algorithm: JwtAlgorithm, name: string, namedCurve: string): Family {
  return {
    algorithms: [algorithm],
    expected: `a key of the curve ${name}`,
    fits: (key) =>
      key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === namedCurve,
    generate: () => generate('ec', { namedCurve }),
  }
}

/** A key that does not fit, described by what was expected. */
export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

/** What signs with `algorithm`. @throws WrongKey where the key is not of the kind it needs. */
export async function signingKey(
  algorithm: JwtAlgorithm,
  privateKey: KeyObject,
): Promise<SigningKey> {
  const family = families.find((it) => it.algorithms.includes(algorithm))
  const isWhole = privateKey.type !== 'public'
  if (!family?.fits(privateKey) || !isWhole) {
    throw new WrongKey(`${algorithm} needs ${family?.expected}, and the private part of it`)
  }
  const key = publicPart(privateKey)
  return { kid: await thumbprint(key), algorithms: [algorithm], key, algorithm, privateKey }
}

/** What verifies only. @throws WrongKey for a key that no algorithm takes. */
export async function verifyingKey(given: KeyObject): Promise<VerifyingKey> {
  const family = families.find((it) => it.fits(given))
  if (!family) throw new WrongKey('no algorithm takes a key of this kind')
  const key = publicPart(given)
  return { kid: await thumbprint(key), algorithms: family.algorithms, key }
}

/** A key as it stands in the settings: PEM, private or public, or else a shared secret. */
export function parseKey(text: string): KeyObject {
  if (!text.includes('-----BEGIN')) return createSecretKey(Buffer.from(text))
  // In an environment file a PEM is often one line, with its breaks written out.
  const pem = text.replaceAll('\\n', '\n')
  try {
    return pem.includes('PRIVATE KEY-----') ? createPrivateKey(pem) : createPublicKey(pem)
  } catch {
    // The cause would quote what it could not read.
    throw new WrongKey('it looks like PEM and can not be read, or has a passphrase')
  }
}

/** A new private key for an algorithm that has key pairs. */
export async function generateKey(algorithm: JwtAlgorithm): Promise<KeyObject> {
  const family = families.find((it) => it.algorithms.includes(algorithm))
  if (!family?.generate) throw new WrongKey(`${algorithm} has no key pairs`)
  return (await family.generate()).privateKey
}

/** A public key as others read it (RFC 7517); null for a secret, which is nobody's. */
export function publicJwk({ kid, key, algorithms }: VerifyingKey): JWK | null {
  if (key.type === 'secret') return null
  const [alg] = algorithms
  const use = { ...(kid !== null && { kid }), use: 'sig' }
  // A key that may have signed with several says none of them.
  return { ...key.export({ format: 'jwk' }), ...use, ...(algorithms.length === 1 && { alg }) }
}

function publicPart(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key
}

async function thumbprint(key: KeyObject): Promise<string | null> {
  if (key.type === 'secret') return null
  return calculateJwkThumbprint(key.export({ format: 'jwk' }))
}
