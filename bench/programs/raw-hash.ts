// How many passwords this machine can verify with the parameters that Latchkey has, and nothing else.
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { serverDefaults } from '../../packages/server/src/settings/server.ts'

const seconds = Number(process.argv[2])
const {
  hashMemoryKib: memoryCost,
  hashPasses: timeCost,
  hashParallelism: parallelism,
} = serverDefaults
const stored = await hash('correct horse battery', { memoryCost, timeCost, parallelism })

let verified = 0
const startedAt = performance.now()
const workers = Array.from({ length: availableParallelism() }, async () => {
  while (performance.now() - startedAt < seconds * 1000) {
    if (!(await verify(stored, 'correct horse battery'))) throw new Error('the hash does not fit')
    verified += 1
  }
})
await Promise.all(workers)
console.log(verified / ((performance.now() - startedAt) / 1000))
