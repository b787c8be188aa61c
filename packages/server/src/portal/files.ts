import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { sha256 } from '../crypto/hash.ts'

/** A file as it is sent, once for each way that it is packed. */
export interface PortalFile {
  contentType: string
  /** Whether its name changes with what is in it. */
  isHashed: boolean
  plain: Packed
  br?: Packed
  gzip?: Packed
}

interface Packed {
  body: Uint8Array
  /** An `ETag`: another one for each way of packing (RFC 9110 §8.8.3.3). */
  tag: string
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff2: 'font/woff2',
}

/** Reads all files of a folder, by their paths in it. Empty where there is no such folder. */
export async function readFiles(folder: string): Promise<ReadonlyMap<string, PortalFile>> {
  const paths = await listFiles(folder)
  const bodies = new Map(
    await Promise.all(
      paths.map(
        async (path): Promise<[string, Uint8Array]> => [path, await readFile(join(folder, path))],
      ),
    ),
  )
  const isPacked = (path: string) =>
    /\.(br|gz)$/.test(path) && bodies.has(path.replace(/\.\w+$/, ''))
  return new Map(
    [...bodies]
      .filter(([path]) => !isPacked(path))
      .map(([path, body]) => [path, toFile(path, body, bodies)]),
  )
}

/** Only plain names: what hides behind a dot, or elsewhere behind a link, is not for everybody. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
      throw error
    },
  )
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(path))
}

function toFile(
  path: string,
  body: Uint8Array,
  bodies: ReadonlyMap<string, Uint8Array>,
): PortalFile {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  const hash = sha256(Buffer.from(body).toString('base64'))
  const br = bodies.get(`${path}.br`)
  const gzip = bodies.get(`${path}.gz`)
  return {
    contentType: types[extension] ?? 'application/octet-stream',
    isHashed: path.startsWith('assets/'),
    plain: { body, tag: `"${hash}"` },
    ...(br && { br: { body: br, tag: `"${hash}-br"` } }),
    ...(gzip && { gzip: { body: gzip, tag: `"${hash}-gzip"` } }),
  }
}
