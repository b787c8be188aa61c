/** A group of pages on the left: each by its name below docs, with a title where the page's is too long. */
export interface Group {
  text: string
  pages: readonly (string | readonly [page: string, title: string])[]
  /** Whether it is folded until one of its pages is shown. */
  isFolded?: boolean
}

/** All pages, by task. A test holds it against the files. */
export const groups: readonly Group[] = [
  {
    text: 'Getting started',
    pages: [
      ['index', 'What do you want to do?'],
      'getting-started',
      'clients',
      ['client', 'The client'],
      ['portal', 'The hosted pages'],
      ['guides/vite-spa', 'A SPA with Vite'],
      ['guides/nextjs', 'Next.js'],
      ['guides/mobile', 'Mobile apps'],
      ['guides/existing-back-end', 'An existing back end'],
      'coming-from-django-allauth',
    ],
  },
  {
    text: 'Sign-in methods',
    pages: [
      ['accounts', 'Sign-up and log-in'],
      'passwords',
      'login-by-code',
      'passkeys',
      'social-login',
    ],
  },
  {
    text: 'Accounts',
    pages: [
      'email-verification',
      'email-addresses',
      ['account-data', 'Export and deletion'],
      'phone-numbers',
      'mail-and-sms',
      'notifications',
    ],
  },
  {
    text: 'Sessions and tokens',
    pages: ['sessions', 'tokens', 'reauthentication', ['protecting-routes', 'Protecting routes']],
  },
  {
    text: 'Second factors',
    pages: [['two-factor', 'Authenticator apps and codes']],
  },
  {
    text: 'Deployment',
    pages: ['configuration', 'deployment', 'databases', 'many-nodes', 'library'],
  },
  {
    text: 'Operations',
    pages: ['cli', 'upgrading', 'limits', 'audit', 'webhooks', 'security'],
  },
  {
    text: 'Reference',
    pages: ['settings', 'errors', ['api-reference', 'The API of a server'], 'dependencies'],
  },
]

/** The pages of a group, each with the title that it is listed under, where that is not its own. */
export function pagesOf({ pages }: Group): { page: string; title: string | undefined }[] {
  return pages.map((it) => {
    const [page, title] = typeof it === 'string' ? [it, undefined] : it
    return { page, title }
  })
}
