import { createHash, randomUUID } from 'node:crypto'
import type { Log } from '../log.ts'
import type { Limiter } from './limiter.ts'
import { connectRedis, type RedisScript } from './redis-client.ts'

/** Where limits are kept, and under which names. */
export interface RedisPlace {
  url: string
  /** What every key begins with. */
  keyPrefix: string
}

// Longer than clocks differ, for the time of a use is ours and the time a key lives is that of Redis.
const ttlMarginMs = 60_000

/**
 * One key holds the uses of one limit, each with the time at which it is free again. Those that are free
 * make room only once more than `amount` are there, so that a node whose clock is fast takes one and does
 * not clear the others of nodes whose clocks are right.
 */
const spendOne = script(`
local key, now, free_at = KEYS[1], ARGV[1], ARGV[2]
local use, amount, ttl = ARGV[3], tonumber(ARGV[4]), ARGV[5]
if redis.call('ZCOUNT', key, '(' .. now, '+inf') >= amount then
  return redis.call('ZRANGEBYSCORE', key, '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
end
redis.call('ZADD', key, free_at, use)
redis.call('ZREMRANGEBYRANK', key, 0, -1 - amount)
redis.call('PEXPIRE', key, ttl)
return false
`)

/** Counts in Redis or Valkey, by one script for each use. */
export async function openRedisLimiter({ url, keyPrefix }: RedisPlace, log: Log): Promise<Limiter> {
  const client = await connectRedis(url, log)
  return {
    async spend({ limitKey, amount, windowMs }, now) {
      const key = keyPrefix + limitKey
      const use = randomUUID()
      const values = [now, now + windowMs, use, amount, windowMs + ttlMarginMs]
      const freeAt = await client.run(spendOne, key, values.map(String))
      if (freeAt !== null) return { retryAfterMs: Math.max(1, Number(freeAt) - now) }
      return { refund: () => client.removeMember(key, use) }
    },
    forget: (limitKey) => client.remove(keyPrefix + limitKey),
    within: () => null,
    probe: () => client.probe(),
    close: async () => client.close(),
  }
}

function script(text: string): RedisScript {
  return { text, sha1: createHash('sha1').update(text).digest('hex') }
}
