import assert from 'node:assert/strict'
import { createHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { costLimits } from './cost-limits.ts'
import { createGate, type Gate, GateFull } from './gate.ts'
import { argon2Minimum, createHasher, maxPasswordBytes } from './hasher.ts'

const gate = createGate()
const hasher = createHasher({ argon2: argon2Minimum, gate })

/** A gate that counts what went through it. */
function countingGate(): Gate & { passed: number } {
  const inner = createGate()
  return {
    passed: 0,
    run(work) {
      this.passed += 1
      return inner.run(work)
    },
    get running() {
      return inner.running
    },
    get queued() {
      return inner.queued
    },
  }
}

const salt = 'c29tZXNhbHRzb21lc2FsdA'
const hash32 = 'dyO/J25JbgOlvY5GfdvKMe3shL/r2QxgummJje0U63o'
const hash20 = 'XuHEKaf2+yt195Ady0j3sXM3TFk='
const hash64 = `${'A'.repeat(86)}==`
const bcryptRest = 'N9qo8uLOickgx2ZMRZoMyel06ojghV9E1nk7WMz82G8PdcgdoQRku'

const malformed = [
  '',
  '!',
  '!SomeUnusablePasswordMarker',
  '$',
  '$$$$$$',
  'password',
  '\0',
  'md5$salt$hash',
  'unknown$1$2$3',
  '5f4dcc3b5aa765d61d8327deb882cf99',
  'x'.repeat(100_000),
  '$'.repeat(100_000),
  // argon2
  '$argon2id$',
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$`,
  `$argon2id$v=19$m=19456,t=2,p=1$$${hash32}`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash32}\n`,
  ` $argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash32}$`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash32.slice(0, 20)}`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash32.slice(0, -1)}p`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash32}=`.replace('=19456', '=-19456'),
  `$argon2id$v=19$m=19456,t=2,p=1$c29t$${hash32}`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${'A'.repeat(800)}`,
  `$argon2id$v=18$m=19456,t=2,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=0,t=2,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=7,t=2,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=19456,t=0,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=19456,t=2,p=0$${salt}$${hash32}`,
  `$argon2id$v=19$t=2,m=19456,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=1e4,t=2,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=19456,t=2,p=1,keyid=1$${salt}$${hash32}`,
  `$argon2x$v=19$m=19456,t=2,p=1$${salt}$${hash32}`,
  `argon2$pbkdf2$v=19$m=19456,t=2,p=1$${salt}$${hash32}`,
  // pbkdf2
  'pbkdf2_sha256$',
  `pbkdf2_sha256$1000$salt$`,
  `pbkdf2_sha256$1000$$${hash32}=`,
  `pbkdf2_sha256$1000$salt$${hash20}`,
  `pbkdf2_sha1$1000$salt$${hash32}=`,
  `pbkdf2_sha256$0$salt$${hash32}=`,
  `pbkdf2_sha256$-1$salt$${hash32}=`,
  `pbkdf2_sha256$1.5$salt$${hash32}=`,
  `pbkdf2_sha256$01000$salt$${hash32}=`,
  `pbkdf2_sha256$NaN$salt$${hash32}=`,
  `pbkdf2_sha256$1000$salt$${hash32}=$more`,
  `pbkdf2_sha256$1000$salt$not*base64`,
  `pbkdf2_md5$1000$salt$${hash32}=`,
  `pbkdf2_sha256$1000$${'s'.repeat(300)}$${hash32}=`,
  // scrypt
  'scrypt$',
  `scrypt$16384$salt$8$5$`,
  `scrypt$16384$salt$8$5$${hash32}=`,
  `scrypt$salt$16384$8$5$${hash64}`,
  `scrypt$16383$salt$8$5$${hash64}`,
  `scrypt$1$salt$8$5$${hash64}`,
  `scrypt$65536$salt$1$1$${hash64}`,
  `scrypt$0$salt$8$5$${hash64}`,
  `scrypt$16384$salt$0$5$${hash64}`,
  `scrypt$16384$salt$8$0$${hash64}`,
  `scrypt$16384$$8$5$${hash64}`,
  // bcrypt
  '$2b$',
  '$2b$12$',
  `$2b$4$${bcryptRest}`,
  `$2b$+4$${bcryptRest}`,
  `$2b$03$${bcryptRest}`,
  `$2x$04$${bcryptRest}`,
  `$2b$04$${bcryptRest.slice(1)}`,
  `$2b$04$${bcryptRest}.`,
  `$2b$04$${bcryptRest.slice(1)}*`,
  `bcrypt$2b$04$${bcryptRest}`,
  `bcrypt_sha512$$2b$04$${bcryptRest}`,
]

const tooCostly = [
  `$argon2id$v=19$m=${costLimits.argon2.memoryKib + 1},t=2,p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=19456,t=${costLimits.argon2.passes + 1},p=1$${salt}$${hash32}`,
  `$argon2id$v=19$m=19456,t=2,p=${costLimits.argon2.parallelism + 1}$${salt}$${hash32}`,
  `$argon2id$v=19$m=4294967295,t=4294967295,p=255$${salt}$${hash32}`,
  `pbkdf2_sha256$${costLimits.pbkdf2.iterations + 1}$salt$${hash32}=`,
  `pbkdf2_sha1$999999999$salt$${hash20}`,
  `scrypt$524288$salt$8$1$${hash64}`,
  `scrypt$1073741824$salt$8$1$${hash64}`,
  `scrypt$16384$salt$1000$1$${hash64}`,
  `scrypt$16384$salt$8$${costLimits.scrypt.parallelism + 1}$${hash64}`,
  `$2b$17$${bcryptRest}`,
  `$2b$31$${bcryptRest}`,
  `bcrypt$$2b$17$${bcryptRest}`,
  `bcrypt_sha256$$2b$17$${bcryptRest}`,
]

const mostCostly = [
  `$argon2id$v=19$m=${costLimits.argon2.memoryKib},t=${costLimits.argon2.passes},p=${costLimits.argon2.parallelism}$${salt}$${hash32}`,
  `pbkdf2_sha256$${costLimits.pbkdf2.iterations}$salt$${hash32}=`,
  `scrypt$262144$salt$8$${costLimits.scrypt.parallelism}$${hash64}`,
  `$2b$16$${bcryptRest}`,
]

describe('hash', () => {
  it('makes an argon2id PHC string under a new salt each time', async () => {
    const [one, two] = await Promise.all([hasher.hash('velvet-Otter-41'), hasher.hash('x')])
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    assert.notEqual(one.split('$')[4], two.split('$')[4])
    assert.equal(await hasher.verify('velvet-Otter-41', one), true)
    assert.equal(await hasher.verify('velvet-Otter-42', one), false)
    assert.equal(hasher.understands(one), true)
    assert.equal(hasher.isOutdated(one), false)
  })

  it('tells passwords apart by everything after a NUL and by case', async () => {
    const stored = await hasher.hash('a\0b')
    assert.equal(await hasher.verify('a\0b', stored), true)
    assert.equal(await hasher.verify('a\0c', stored), false)
    assert.equal(await hasher.verify('A\0b', stored), false)
    assert.equal(await hasher.verify('a', stored), false)
  })

  it('takes 4096 bytes and refuses more', async () => {
    const longest = 'ü'.repeat(maxPasswordBytes / 2)
    const stored = await hasher.hash(longest)
    assert.equal(await hasher.verify(longest, stored), true)
    assert.equal(await hasher.verify(`${longest}x`, stored), false)
    await assert.rejects(hasher.hash(`${longest}x`), RangeError)
  })

  it('uses the configured cost', async () => {
    const costly = createHasher({
      argon2: { memoryKib: 20_000, passes: 3, parallelism: 2 },
      gate,
    })
    assert.match(await costly.hash('x'), /^\$argon2id\$v=19\$m=20000,t=3,p=2\$/)
    assert.match(costly.decoy, /^\$argon2id\$v=19\$m=20000,t=3,p=2\$/)
  })

  it.each([
    { memoryKib: 19_455 },
    { memoryKib: 20_000.5 },
    { memoryKib: costLimits.argon2.memoryKib + 1 },
    { passes: 1 },
    { passes: Number.NaN },
    { parallelism: 0 },
    { parallelism: 65 },
  ])('refuses to be configured with %j', (lower) => {
    const argon2 = { ...argon2Minimum, ...lower }
    assert.throws(() => createHasher({ argon2, gate }), {
      name: 'RangeError',
      message: new RegExp(Object.keys(lower)[0]!),
    })
  })
})

describe('verify', () => {
  it.each(malformed)('answers false for the malformed %j', async (stored) => {
    assert.equal(hasher.understands(stored), false)
    assert.equal(hasher.isOutdated(stored), true)
    assert.equal(await hasher.verify('', stored), false)
  })

  it.each(tooCostly)('does not compute %s', async (stored) => {
    assert.equal(hasher.understands(stored), false)
    const startedMs = performance.now()
    assert.equal(await hasher.verify('x', stored), false)
    assert.ok(performance.now() - startedMs < 2000)
  })

  it.each(mostCostly)('would compute %s', (stored) => {
    assert.equal(hasher.understands(stored), true)
  })

  it('answers false, and never throws, for a good hash with any one character changed', async () => {
    const good = [
      `pbkdf2_sha256$1$salt$${hash32}=`,
      `scrypt$16$salt$8$1$${hash64}`,
      `$argon2id$v=19$m=64,t=1,p=1$${salt}$${hash32}`,
      `$2b$04$${bcryptRest}`,
    ]
    const variants = good.flatMap((stored) =>
      Array.from({ length: stored.length }, (_, at) => [
        stored.slice(0, at) + stored.slice(at + 1),
        `${stored.slice(0, at)}*${stored.slice(at + 1)}`,
      ]).flat(),
    )
    const understood = variants.filter(hasher.understands)
    assert.ok(understood.length > 10 && understood.length < variants.length / 2)
    const answers = await Promise.all(understood.map((stored) => hasher.verify('x', stored)))
    assert.ok(answers.every((answer) => answer === false))
  })

  it('goes through the gate exactly once whatever is stored', async () => {
    const counting = countingGate()
    const counted = createHasher({ argon2: argon2Minimum, gate: counting })
    const stored = await counted.hash('x')
    assert.equal(counting.passed, 1)
    const cases = [stored, counted.decoy, '!unusable', '', `$2b$17$${bcryptRest}`]
    for (const it of cases) {
      counting.passed = 0
      await counted.verify('x', it)
      assert.equal(counting.passed, 1, it)
    }
    counting.passed = 0
    await counted.verify('x'.repeat(maxPasswordBytes + 1), stored)
    assert.equal(counting.passed, 1)
  })

  it('says when too many wait', async () => {
    const narrow = createHasher({
      argon2: argon2Minimum,
      gate: createGate({ concurrency: 1, maxQueued: 1 }),
    })
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => narrow.verify('x', narrow.decoy)),
    )
    const refused = results.filter((it) => it.status === 'rejected')
    assert.equal(refused.length, 3)
    assert.ok(refused.every(({ reason }) => reason instanceof GateFull))
  })
})

describe('isOutdated', () => {
  const current = createHasher({
    argon2: { memoryKib: 32_768, passes: 3, parallelism: 2 },
    gate,
  })

  it.each([
    ['m=32768,t=3,p=2', false],
    ['m=65536,t=4,p=4', false],
    ['m=32767,t=3,p=2', true],
    ['m=65536,t=2,p=2', true],
    ['m=65536,t=3,p=1', true],
  ])('argon2id with %s: %s', (parameters, isOutdated) => {
    assert.equal(current.isOutdated(`$argon2id$v=19$${parameters}$${salt}$${hash32}`), isOutdated)
  })

  it.each([
    `$argon2i$v=19$m=65536,t=4,p=4$${salt}$${hash32}`,
    `$argon2d$v=19$m=65536,t=4,p=4$${salt}$${hash32}`,
    `$argon2id$v=16$m=65536,t=4,p=4$${salt}$${hash32}`,
    `$argon2id$m=65536,t=4,p=4$${salt}$${hash32}`,
  ])('%s', (stored) => {
    assert.equal(current.understands(stored), true)
    assert.equal(current.isOutdated(stored), true)
  })
})

describe('decoy', () => {
  it('is a hash of its own for each hasher that no password matches', async () => {
    const other = createHasher({ argon2: argon2Minimum, gate })
    assert.notEqual(hasher.decoy, other.decoy)
    assert.equal(hasher.understands(hasher.decoy), true)
    assert.equal(hasher.isOutdated(hasher.decoy), false)
    for (const password of ['', 'x', hasher.decoy]) {
      assert.equal(await hasher.verify(password, hasher.decoy), false)
    }
  })

  it('takes as long as a wrong password, and so does what is not understood', async () => {
    const stored = await hasher.hash('velvet-Otter-41')
    const stories = { stored, decoy: hasher.decoy, unknown: '!unusable' }
    const times = Object.values(stories).map((it) => ({ it, histogram: createHistogram() }))
    for (let round = 0; round < 15; round += 1) {
      for (const { it, histogram } of times) {
        await recordMicroseconds(histogram, () => hasher.verify('wrong', it))
      }
    }
    const [real, ...others] = times.map(({ histogram }) => histogram.min)
    for (const other of others) {
      expect(other / real!).toBeGreaterThan(0.6)
      expect(other / real!).toBeLessThan(1.6)
    }
  })
})

describe('event loop', () => {
  it('goes on while four hashes are computed at once', async () => {
    const four = createHasher({ argon2: argon2Minimum, gate: createGate({ concurrency: 4 }) })
    await four.hash('warm')
    const delay = monitorEventLoopDelay({ resolution: 5 })
    await sleep(20)
    delay.enable()
    for (let round = 0; round < 8; round += 1) {
      await Promise.all(['a', 'b', 'c', 'd'].map((password) => four.hash(password)))
    }
    delay.disable()
    expect(delay.count).toBeGreaterThan(10)
    expect(delay.percentile(99) / 1e6).toBeLessThan(50)
  })
})

async function recordMicroseconds(
  histogram: ReturnType<typeof createHistogram>,
  work: () => Promise<unknown>,
): Promise<void> {
  const startedMs = performance.now()
  await work()
  histogram.record(Math.max(1, Math.round((performance.now() - startedMs) * 1000)))
}
