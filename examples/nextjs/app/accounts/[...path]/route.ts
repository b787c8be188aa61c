// Where providers of social login send people back to.
import { latchkey } from '../../../lib/latchkey.ts'

export const { GET, POST } = latchkey.handlers
