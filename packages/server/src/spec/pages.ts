import { sha256 } from '../crypto/hash.ts'
import type { Page, Pages } from '../http/pages.ts'
import type { TransportAnswer, TransportRequest } from '../http/transport.ts'
import { parseContract, toJson, toYaml } from './contract.ts'
import type { JsonObject } from './json.ts'
import { narrow, type ServerShape } from './narrow.ts'
import { referencePage, referencePolicy } from './page/page.ts'

/** One form of the specification. */
interface Form {
  path: string
  contentType: string
  /** Headers that it has besides. */
  headers?: readonly [name: string, value: string][]
  write(document: JsonObject): string | Promise<string>
}

const forms: readonly Form[] = [
  { path: '/_allauth/openapi.yaml', contentType: 'application/vnd.oai.openapi', write: toYaml },
  {
    path: '/_allauth/openapi.json',
    contentType: 'application/vnd.oai.openapi+json',
    write: toJson,
  },
]

const page: Form = {
  path: '/_allauth/openapi.html',
  contentType: 'text/html; charset=utf-8',
  headers: [
    ['content-security-policy', referencePolicy],
    ['referrer-policy', 'no-referrer'],
  ],
  write: referencePage,
}

/** The specification of what this server serves, in three forms, where the settings have it. */
export function specificationPages(shape: ServerShape): Pages {
  const { serveSpecification, specificationTemplateName } = shape.settings.headless
  if (!serveSpecification) return new Map()
  const document = once(async () => narrow(await parseContract(), shape))
  const served = specificationTemplateName === null ? forms : [...forms, page]
  return new Map(served.map((form) => [form.path, pageOf(form, document)]))
}

/** Written at the first request and kept, for only a restart changes it. */
function pageOf(form: Form, document: () => Promise<JsonObject>): Page {
  const written = once(async () => {
    const body = await form.write(await document())
    return { body, tag: `"${sha256(body)}"` }
  })
  return async (request) => answerWith(form, await written(), request)
}

function answerWith(
  { contentType, headers = [] }: Form,
  { body, tag }: { body: string; tag: string },
  request: TransportRequest,
): TransportAnswer {
  const caching: [string, string][] = [
    ['etag', tag],
    // Kept, but asked for each time, so that a restart with other settings shows at once.
    ['cache-control', 'no-cache'],
  ]
  if (isFresh(request.header('if-none-match'), tag)) {
    return { status: 304, headers: caching, body: '' }
  }
  return {
    status: 200,
    headers: [
      ['content-type', contentType],
      ...caching,
      ['x-content-type-options', 'nosniff'],
      ...headers,
    ],
    body,
  }
}

/** Whether what the client has kept is still the same (RFC 9110 §13.1.2). */
function isFresh(ifNoneMatch: string | undefined, tag: string): boolean {
  const kept = (ifNoneMatch ?? '').split(',').map((it) => it.trim().replace(/^W\//, ''))
  return kept.includes(tag) || kept.includes('*')
}

/** Does something at the first call and keeps what came of it; a failure is tried again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
