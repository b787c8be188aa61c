// The keys that verify access tokens, and what the settings ask for besides.
import { latchkey } from '../../../lib/latchkey.ts'

export const { GET } = latchkey.handlers
