import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'

/** What an answer says in place of the truth. Texts are base64url, except origin, rpId and type. */
export interface Tampering {
  challenge?: string
  /** @defaultValue https at the domain of the options */
  origin?: string
  rpId?: string
  /** Such as `webauthn.create` in the answer of `get`. */
  type?: string
  userPresent?: boolean
  userVerified?: boolean
  /** How often the key says it was used. */
  counter?: number
  /** The credential that is named. */
  id?: string
}

/** What the answer of `create` says in place of the truth. */
export interface CreationTampering extends Tampering {
  /** Whether it claims to be a passkey; null to say nothing of it. */
  credProps?: boolean | null
}

/** What the answer of `get` says in place of the truth. */
export interface RequestTampering extends Tampering {
  /** Null to name no user. */
  userHandle?: string | null
  signature?: string
}

interface CreationOptions {
  challenge: string
  rp: { id: string }
  user: { id: string }
  authenticatorSelection?: { residentKey?: string; userVerification?: string }
}

interface RequestOptions {
  challenge: string
  rpId: string
  userVerification?: string
}

/** Flags of authenticator data (WebAuthn Level 3 §6.1). */
const flags = { userPresent: 0x01, userVerified: 0x04, hasCredential: 0x40 }

/** What a key is made again from, by another process. */
export interface KeptKey {
  id: string
  userHandle: string | null
  isDiscoverable: boolean
  counter: number
  /** PKCS #8 as base64url. */
  privateKey: string
}

/**
 * A security key or passkey in software, with the browser around it: holds one ES256 credential,
 * answers whatever it is asked, and lies on request.
 */
export class SecurityKey {
  /** The id of its credential, as base64url. */
  readonly id: string
  /** The user it was made for, as base64url. */
  userHandle: string | null = null
  /** Whether it names its user: what it was made as decides. */
  isDiscoverable = false
  /** How often it was used. */
  counter = 0
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject }

  constructor(kept?: KeptKey) {
    this.id = kept?.id ?? base64url(randomBytes(32))
    if (!kept) {
      this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return
    }
    const der = Buffer.from(kept.privateKey, 'base64url')
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    this.#keys = { privateKey, publicKey: createPublicKey(privateKey) }
    this.userHandle = kept.userHandle
    this.isDiscoverable = kept.isDiscoverable
    this.counter = kept.counter
  }

  /** What another process makes it again from. */
  keep(): KeptKey {
    const { id, userHandle, isDiscoverable, counter } = this
    const der = this.#keys.privateKey.export({ type: 'pkcs8', format: 'der' })
    return { id, userHandle, isDiscoverable, counter, privateKey: base64url(der) }
  }

  /** Answers `creation_options` with its credential: the same one each time. */
  create(options: unknown, tampering: CreationTampering = {}) {
    const { publicKey: asked } = options as { publicKey: CreationOptions } // held against the contract
    const { residentKey = 'discouraged', userVerification } = asked.authenticatorSelection ?? {}
    this.userHandle = asked.user.id
    this.isDiscoverable = residentKey !== 'discouraged'
    const context = { ...asked, rpId: asked.rp.id, userVerification }
    const { credProps = this.isDiscoverable } = tampering
    const credential = Buffer.concat([
      Buffer.alloc(16), // of no known make
      Buffer.from([0, 32]),
      Buffer.from(this.id, 'base64url'),
      coseKey(this.#keys.publicKey),
    ])
    const data = authenticatorData(context, { counter: this.counter, credential, tampering })
    const attestation = new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', data],
    ])
    return {
      ...this.#envelope(tampering),
      clientExtensionResults: credProps === null ? {} : { credProps: { rk: credProps } },
      response: {
        clientDataJSON: base64url(clientData('webauthn.create', context, tampering)),
        attestationObject: base64url(cbor(attestation)),
        transports: ['usb'],
      },
    }
  }

  /** Answers `request_options` by signing their challenge, whichever keys they allow. */
  get(options: unknown, tampering: RequestTampering = {}) {
    const { publicKey: asked } = options as { publicKey: RequestOptions } // held against the contract
    this.counter += 1
    const data = authenticatorData(asked, { counter: this.counter, tampering })
    const client = clientData('webauthn.get', asked, tampering)
    const own = this.isDiscoverable ? this.userHandle : null
    const { signature = this.#sign(data, client), userHandle = own } = tampering
    return {
      ...this.#envelope(tampering),
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature,
        ...(userHandle !== null && { userHandle }),
      },
    }
  }

  #envelope({ id = this.id }: Tampering) {
    return { id, rawId: id, type: 'public-key', authenticatorAttachment: 'cross-platform' }
  }

  #sign(data: Buffer, client: Buffer): string {
    return base64url(sign('sha256', Buffer.concat([data, sha256(client)]), this.#keys.privateKey))
  }
}

/** Authenticator data (WebAuthn Level 3 §6.1). */
function authenticatorData(
  asked: { rpId: string; userVerification?: string | undefined },
  made: { counter: number; credential?: Buffer; tampering: Tampering },
): Buffer {
  const { credential, tampering } = made
  const isVerified = tampering.userVerified ?? asked.userVerification !== 'discouraged'
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(tampering.counter ?? made.counter)
  const flag =
    ((tampering.userPresent ?? true) ? flags.userPresent : 0) |
    (isVerified ? flags.userVerified : 0) |
    (credential ? flags.hasCredential : 0)
  const rpIdHash = sha256(tampering.rpId ?? asked.rpId)
  return Buffer.concat([rpIdHash, Buffer.from([flag]), counter, credential ?? Buffer.alloc(0)])
}

/** What the browser adds (WebAuthn Level 3 §5.8.1). */
function clientData(
  type: string,
  asked: { challenge: string; rpId: string },
  tampering: Tampering,
): Buffer {
  const { challenge = asked.challenge, origin = `https://${asked.rpId}` } = tampering
  const data = { type: tampering.type ?? type, challenge, origin, crossOrigin: false }
  return Buffer.from(JSON.stringify(data))
}

/** A public key on P-256 as COSE_Key (RFC 9053 §7.1.1): EC2, ES256. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
}

type Cbor = number | string | Buffer | Map<number | string, Cbor>

/** As much of CBOR (RFC 8949 §3) as a credential needs. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)])
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length])
  if (length < 0x100) return Buffer.from([(major << 5) | 24, length])
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff])
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url')
}
