import { plainAnswer, type TransportAnswer, type TransportRequest } from './transport.ts'

/** Answers GET; HEAD is GET without a body. */
export type Page = (request: TransportRequest) => Promise<TransportAnswer>

/** What is served beside the API, by path; a path that ends in `/` serves everything below it. */
export type Pages = ReadonlyMap<string, Page>

/** A folder of pages that answers where nothing else does; their scripts tell its paths apart. */
export interface FallbackPages {
  /** Begins and ends with a slash. */
  readonly path: string
  find(path: string): Page | undefined
}

const allow = 'GET, HEAD, OPTIONS'

/** Finds the page for a path. */
export function findPage(pages: Pages, path: string): Page | undefined {
  const own = findPagePath(pages, path)
  return own === undefined ? undefined : pages.get(own)
}

/** The path that the page for a path is listed under. */
export function findPagePath(pages: Pages, path: string): string | undefined {
  if (pages.has(path)) return path
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return folder !== '/' && pages.has(folder) ? folder : undefined
}

/** Answers a request for a page: all of them can be read, and nothing else. */
export async function servePage(page: Page, request: TransportRequest): Promise<TransportAnswer> {
  if (request.method === 'GET' || request.method === 'HEAD') return page(request)
  if (request.method === 'OPTIONS') {
    return { status: 200, headers: [['allow', allow]], body: '' }
  }
  const answered = plainAnswer(405, 'This page can only be read.')
  return { ...answered, headers: [...answered.headers, ['allow', allow]] }
}
