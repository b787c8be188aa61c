// A folder whose name begins with an underscore is private to Next.js, hence %5F.
import { latchkey } from '../../../lib/latchkey.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = latchkey.handlers
