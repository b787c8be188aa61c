import { apple } from './catalogue/apple.ts'
import { facebook } from './catalogue/facebook.ts'
import { github } from './catalogue/github.ts'
import { google } from './catalogue/google.ts'
import { openidConnect } from './catalogue/openid-connect.ts'
import type { Provider } from './provider.ts'

/** Every provider that there is, by its id. To add one: one file, and one line here. */
export const catalogue: readonly Provider[] = [apple, facebook, github, google, openidConnect]
