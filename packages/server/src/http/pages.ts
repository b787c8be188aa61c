import type { TransportAnswer, TransportRequest } from './transport.ts'

/** What is served beside the API, by path; a path that ends in `/` serves everything below it. */
export type Pages = ReadonlyMap<string, (request: TransportRequest) => Promise<TransportAnswer>>

/** Finds the page for a path. */
export function findPage(pages: Pages, path: string) {
  const exact = pages.get(path)
  if (exact) return exact
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return folder === '/' ? undefined : pages.get(folder)
}
