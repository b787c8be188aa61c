import { sha256 } from '../crypto/hash.ts'
import { isFresh } from '../http/etag.ts'
import type { Page, Pages } from '../http/pages.ts'
import type { TransportAnswer, TransportRequest } from '../http/transport.ts'
import type { JsonObject } from './json.ts'
import type { ServerShape } from './narrow.ts'

/** A form of the specification as it is sent. */
interface Written {
  body: string
  /** Headers that it has besides. */
  headers?: readonly [name: string, value: string][]
}

interface Form {
  path: string
  contentType: string
  /** Loads what it needs when it is first asked for, so that a start need not wait for it. */
  write(document: JsonObject): Promise<Written>
}

const forms: readonly Form[] = [
  {
    path: '/_allauth/openapi.yaml',
    contentType: 'application/vnd.oai.openapi',
    async write(document) {
      const { toYaml } = await import('./contract.ts')
      return { body: await toYaml(document) }
    },
  },
  {
    path: '/_allauth/openapi.json',
    contentType: 'application/vnd.oai.openapi+json',
    async write(document) {
      const { toJson } = await import('./contract.ts')
      return { body: toJson(document) }
    },
  },
]

/** Where people read it. */
export const referencePath = '/_allauth/openapi.html'

const page: Form = {
  path: referencePath,
  contentType: 'text/html; charset=utf-8',
  async write(document) {
    const { referencePage, referencePolicy } = await import('./page/page.ts')
    return {
      body: referencePage(document),
      headers: [
        ['content-security-policy', referencePolicy],
        ['referrer-policy', 'no-referrer'],
      ],
    }
  },
}

/** The specification of what this server serves, in three forms, where the settings have it. */
export function specificationPages(shape: ServerShape): Pages {
  const { serveSpecification, specificationTemplateName } = shape.settings.headless
  if (!serveSpecification) return new Map()
  const document = once(() => activeContract(shape))
  const served = specificationTemplateName === null ? forms : [...forms, page]
  return new Map(served.map((form) => [form.path, pageOf(form, document)]))
}

/** What is left of the contract for a server. */
export async function activeContract(shape: ServerShape): Promise<JsonObject> {
  const [{ parseContract }, { narrow }] = await Promise.all([
    import('./contract.ts'),
    import('./narrow.ts'),
  ])
  return narrow(await parseContract(), shape)
}

/** Written at the first request and kept, for only a restart changes it. */
function pageOf(form: Form, document: () => Promise<JsonObject>): Page {
  const written = once(async () => {
    const { body, headers = [] } = await form.write(await document())
    const kept: KeptForm = {
      body,
      tag: `"${sha256(body)}"`,
      headers: [['content-type', form.contentType], ...headers],
    }
    return kept
  })
  return async (request) => answerWith(await written(), request)
}

interface KeptForm {
  body: string
  tag: string
  headers: readonly [name: string, value: string][]
}

function answerWith({ body, tag, headers }: KeptForm, request: TransportRequest): TransportAnswer {
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
    headers: [...headers, ...caching, ['x-content-type-options', 'nosniff']],
    body,
  }
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
