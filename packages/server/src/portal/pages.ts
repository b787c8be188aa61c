import { sha256 } from '../crypto/hash.ts'
import type { Server } from '../exchange.ts'
import { isFresh } from '../http/etag.ts'
import type { FallbackPages, Page } from '../http/pages.ts'
import {
  plainAnswer,
  redirectAnswer,
  type TransportAnswer,
  type TransportRequest,
} from '../http/transport.ts'
import { isPortalOn } from '../settings/portal-on.ts'
import type { Settings } from '../settings/settings.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { type PortalFile, readFiles } from './files.ts'
import { protectiveHeaders } from './policy.ts'
import { themeSheet } from './theme.ts'

type Headers = TransportAnswer['headers']

type PortalFiles = ReadonlyMap<string, PortalFile>

/** The built pages, where the settings have any. @throws SettingsError where they can not be read */
export async function portalFiles(settings: Settings, folder: string): Promise<PortalFiles> {
  if (!isPortalOn(settings)) return new Map()
  try {
    return await readFiles(folder)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SettingsError([`PORTAL_ENABLED: the pages can not be read: ${reason}`], { cause })
  }
}

/** Serves the built pages; null where the settings have none. */
export function openPortal(
  server: Pick<Server, 'settings' | 'providers'>,
  files: PortalFiles,
): FallbackPages | null {
  const { settings } = server
  if (!isPortalOn(settings)) return null
  const { path } = settings.portal
  const headers = protectiveHeaders(server)
  const index = files.get('index.html')
  const page = index ? indexPage(withSettings(index, settings), headers) : missingPage
  const theme = filePage(themeFile(themeSheet(settings.portal)), headers)
  return {
    path,
    find(asked) {
      if (path !== '/' && `${asked}/` === path) return toFolder(path)
      if (!asked.startsWith(path) || !isForPages(asked)) return undefined
      const name = asked.slice(path.length)
      const file = name === 'index.html' ? undefined : files.get(name)
      if (file) return filePage(file, headers)
      if (name === 'theme.css') return theme
      return isFileName(name) ? undefined : page
    },
  }
}

/** What the server answers by itself is never a page, not even where it has nothing to say. */
function isForPages(path: string): boolean {
  const isTaken = /^\/([_.][^/]*|accounts|health|metrics)(\/|$)/.test(path)
  // Two slashes would begin a host wherever a path is made of this one.
  return !isTaken && !/\/\/|\\|\p{Cc}/u.test(path)
}

/** Keys in links have dots too, but what follows on them is long. */
function isFileName(name: string): boolean {
  return name !== 'index.html' && (name.startsWith('assets/') || /\.[a-z\d]{1,12}$/i.test(name))
}

/**
 * What the pages have to know before they ask for anything: the folder that the settings name, from which they
 * find their files and their own paths, and where the token is that changes need.
 */
function withSettings({ plain }: PortalFile, { portal, server }: Settings): string {
  const html = Buffer.from(plain.body).toString('utf8')
  const names = `${server.csrfCookieName} ${server.csrfHeaderName}`
  const written = `<base href="${portal.path}"><meta name="latchkey-csrf" content="${escaped(names)}">`
  const bare = html.replace(/<(base|meta name="latchkey-csrf")\s[^>]*>/gi, '')
  // A function, for names may have what a replacement takes for a reference.
  return bare.replace(/<head[^>]*>/i, (head) => head + written)
}

/** Names of cookies and headers have no quotes, `<` or `>` (RFC 9110 §5.6.2). */
function escaped(names: string): string {
  return names.replaceAll('&', '&amp;')
}

function indexPage(html: string, headers: Headers): Page {
  return async () => ({
    status: 200,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['cache-control', 'no-store'],
      ...headers,
    ],
    body: html,
  })
}

async function missingPage(): Promise<TransportAnswer> {
  return plainAnswer(404, 'The portal was not built: npm run build')
}

function toFolder(path: string): Page {
  return async ({ target }) => {
    const answered = redirectAnswer()
    const query = /\?[^#]*/.exec(target)?.[0] ?? ''
    return { ...answered, headers: [...answered.headers, ['location', `${path}${query}`]] }
  }
}

function themeFile(sheet: string): PortalFile {
  const plain = { body: Buffer.from(sheet), tag: `"${sha256(sheet)}"` }
  return { contentType: 'text/css; charset=utf-8', isHashed: false, plain }
}

function filePage(file: PortalFile, headers: Headers): Page {
  return async (request) => {
    const [encoding, { body, tag }] = packedFor(file, request)
    const caching: Headers = [
      ['etag', tag],
      ['vary', 'Accept-Encoding'],
      ['cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'],
    ]
    if (isFresh(request.header('if-none-match'), tag)) {
      return { status: 304, headers: caching, body: '' }
    }
    const packing: Headers = encoding === 'plain' ? [] : [['content-encoding', encoding]]
    const type: Headers = [['content-type', file.contentType]]
    return { status: 200, headers: [...type, ...packing, ...caching, ...headers], body }
  }
}

/** The smallest that the client can unpack (RFC 9110 §12.5.3). */
function packedFor(
  file: PortalFile,
  request: TransportRequest,
): ['plain' | 'br' | 'gzip', PortalFile['plain']] {
  const accepted = (request.header('accept-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .filter((it) => !/;\s*q=0(\.0*)?\s*$/.test(it))
    .map((it) => it.replace(/;.*$/s, '').trim())
  for (const encoding of ['br', 'gzip'] as const) {
    const packed = file[encoding]
    if (packed && accepted.includes(encoding)) return [encoding, packed]
  }
  return ['plain', file.plain]
}
