import { apple } from './catalogue/apple.ts'
import { github } from './catalogue/github.ts'
import { google } from './catalogue/google.ts'
import { openidConnect } from './catalogue/openid-connect.ts'
import type { Provider } from './provider.ts'

/** Every provider that there is, by its id. To add one: one file, and one line here. */
export const catalogue: readonly Provider[] = [apple, github, google, openidConnect]
