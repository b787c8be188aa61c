import type { Span, Tracer } from '@opentelemetry/api'
import type { ObservedRequest, Observer, Work } from '../observer.ts'

type Api = typeof import('@opentelemetry/api')

/**
 * An observer that makes spans of what it sees, where OpenTelemetry is set up in this process. Without
 * that its package, which need not be installed, is not even looked for.
 */
export async function findTracer(): Promise<Observer | undefined> {
  if (!isOpenTelemetryThere()) return undefined
  const api = await import('@opentelemetry/api').catch(() => undefined)
  return api && tracingObserver(api, api.trace.getTracer('latchkey'))
}

/** Whoever registers with the API, of whatever version, leaves this behind. */
function isOpenTelemetryThere(): boolean {
  return Object.getOwnPropertySymbols(globalThis).some((symbol) =>
    symbol.description?.startsWith('opentelemetry.js.api.'),
  )
}

function tracingObserver(api: Api, tracer: Tracer): Observer {
  return {
    request(request, answer) {
      const { method } = request
      const route = request.route()
      const attributes = { 'http.request.method': method, 'http.route': route }
      const options = { kind: api.SpanKind.SERVER, attributes }
      const name = `${method} ${route}`
      return tracer.startActiveSpan(name, options, parentOf(api, request), async (span) => {
        const answered = await answer()
        span.setAttribute('http.response.status_code', answered.status)
        if (answered.status >= 500) fail(api, span, String(answered.status))
        span.end()
        return answered
      })
    },
    work: (kind, run) =>
      tracer.startActiveSpan(kind, { kind: kindOf(api, kind) }, async (span) => {
        try {
          return await run()
        } catch (error) {
          // Neither message nor stack: they may hold what somebody typed.
          fail(api, span, error instanceof Error ? error.name : 'unknown')
          throw error
        } finally {
          span.end()
        }
      }),
    count() {},
  }
}

/** What is under way here already, such as the span of a framework, else what the request says. */
function parentOf({ context, propagation, trace }: Api, request: ObservedRequest) {
  const active = context.active()
  if (trace.getSpan(active)) return active
  return propagation.extract(active, request, {
    get: ({ header }, name) => header(name),
    // No propagator needs them: each asks for the headers that it knows.
    keys: () => [],
  })
}

function kindOf({ SpanKind }: Api, kind: Work) {
  if (kind === 'ask_provider' || kind.startsWith('send_')) return SpanKind.CLIENT
  return SpanKind.INTERNAL
}

function fail({ SpanStatusCode }: Api, span: Span, type: string): void {
  span.setAttribute('error.type', type)
  span.setStatus({ code: SpanStatusCode.ERROR })
}
