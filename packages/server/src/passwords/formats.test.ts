import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createGate } from './gate.ts'
import { argon2Minimum, createHasher } from './hasher.ts'

const hasher = createHasher({ argon2: argon2Minimum, gate: createGate() })

const unicode = 'pässwörd-密码'
const long = 'a'.repeat(80)
const bcryptOf72 = '$2b$04$N9qo8uLOickgx2ZMRZoMyeF1J3tt0w8.ywyH26Gg0MaR3.85io4ma'

// Made by other implementations: argon2's own test vectors and OpenSSL, Python's hashlib (pbkdf2,
// scrypt), libxcrypt (bcrypt).
const vectors: [name: string, password: string, stored: string][] = [
  [
    'argon2i 16, version not written',
    'password',
    '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ',
  ],
  [
    'argon2i 19',
    'password',
    '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
  ],
  [
    'argon2id 19',
    'password',
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  ],
  [
    'argon2d with lanes',
    unicode,
    '$argon2d$v=19$m=1024,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$dyO/J25JbgOlvY5GfdvKMe3shL/r2QxgummJje0U63o',
  ],
  [
    'argon2i with lanes',
    unicode,
    '$argon2i$v=19$m=1024,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$x0uTYx6uEretaRYkK+t8jTDAKRLvk082R79YuY0XCN4',
  ],
  [
    "argon2id in Django's notation",
    unicode,
    'argon2$argon2id$v=19$m=1024,t=3,p=4$YS1kamFuZ28tc2FsdC0yMi1jaGFycw$N6Jp1WcMx5Udy/z2HJapHoAO12GX4jTE9On+QEb+ulg',
  ],
  [
    'pbkdf2_sha256',
    unicode,
    'pbkdf2_sha256$1000$seasalt$ECovaSe//0N0B1rWfrLr/70i+Ep6fZasWG8D5OrWJQY=',
  ],
  [
    'pbkdf2_sha256, many iterations',
    'letmein',
    'pbkdf2_sha256$260000$seasalt2$nK/5upSP/SH93xrbsUiL6HQGfzqBD6h9X21GbLkEF50=',
  ],
  ['pbkdf2_sha1', unicode, 'pbkdf2_sha1$1000$seasalt$XuHEKaf2+yt195Ady0j3sXM3TFk='],
  [
    'scrypt',
    unicode,
    'scrypt$16384$seasalt$8$5$PsKWCfpeu5B3oPp7s5liIhsAKJykieV3yRIyCZE7FPYuYIu6+4w7dYb91d1T4WF14pVqc84bULWEy/Y3mK30rw==',
  ],
  [
    'scrypt, salt not ASCII',
    unicode,
    'scrypt$1024$sälz$8$1$ybgQtkf5OJjfM9L5gWXQvWuWF6gifc78mafs+CCCnOEtmkgCCnNv7rDDpVq7xv8luwE/17Llq8eBjx9IbGmpog==',
  ],
  ['bcrypt 2a', unicode, '$2a$05$abcdefghijklmnopqrstuu4/0lwpBClHKuJYbOSA14O7TEREiHggm'],
  ['bcrypt 2b', unicode, '$2b$05$abcdefghijklmnopqrstuu4/0lwpBClHKuJYbOSA14O7TEREiHggm'],
  ['bcrypt 2y', unicode, '$2y$05$abcdefghijklmnopqrstuu4/0lwpBClHKuJYbOSA14O7TEREiHggm'],
  [
    "bcrypt in Django's notation",
    'letmein',
    'bcrypt$$2b$04$N9qo8uLOickgx2ZMRZoMyel06ojghV9E1nk7WMz82G8PdcgdoQRku',
  ],
  [
    'bcrypt_sha256',
    unicode,
    'bcrypt_sha256$$2b$04$N9qo8uLOickgx2ZMRZoMye/wL68hmH/uyiF0CqkOL2gyT/k5tH5cK',
  ],
  [
    'bcrypt_sha256 of a long password',
    long,
    'bcrypt_sha256$$2b$04$N9qo8uLOickgx2ZMRZoMyenV8jvD3LlFlg0l9S2tiQLM.JDliLV6.',
  ],
]

describe.each(vectors)('%s', (_name, password, stored) => {
  it('is understood', () => {
    assert.equal(hasher.understands(stored), true)
  })

  it('verifies its password and no other', async () => {
    assert.equal(await hasher.verify(password, stored), true)
    for (const other of [`${password}x`, password.slice(1), password.toUpperCase(), '']) {
      assert.equal(await hasher.verify(other, stored), false, JSON.stringify(other))
    }
  })

  it('is outdated unless it is argon2id of at least the configured cost', () => {
    assert.equal(hasher.isOutdated(stored), !stored.startsWith('$argon2id'))
  })
})

describe('bcrypt', () => {
  it('sees 72 bytes of a password', async () => {
    for (const length of [72, 73, 80, 4096]) {
      assert.equal(await hasher.verify('a'.repeat(length), bcryptOf72), true, `${length}`)
    }
    assert.equal(await hasher.verify('a'.repeat(71), bcryptOf72), false)
  })

  it('hashed with SHA-256 before sees all of a long password', async () => {
    const stored = vectors.find(([name]) => name === 'bcrypt_sha256 of a long password')![2]
    assert.equal(await hasher.verify('a'.repeat(79), stored), false)
    assert.equal(await hasher.verify('a'.repeat(81), stored), false)
  })
})
