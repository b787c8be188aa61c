// Uses the library once and closes it. Run by library.test.ts: nothing may keep the process alive.
import { createAuth } from '../src/index.ts'

const auth = await createAuth({ SECRET_KEY: 'x'.repeat(32), LOG_LEVEL: 'silent' })
const { status } = await auth.fetch(new Request('http://localhost/_allauth/app/v1/config'))
await auth.close()
process.stdout.write(`closed after ${status}\n`)
