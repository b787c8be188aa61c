import assert from 'node:assert/strict'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'
import { withoutTable } from '../testing/without-table.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const exporter = new InMemorySpanExporter()

beforeEach(() => {
  exporter.reset()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  const spanProcessors = [new SimpleSpanProcessor(exporter)]
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }))
})

// Other tests share the process, and have no OpenTelemetry.
afterEach(() => {
  trace.disable()
  propagation.disable()
  context.disable()
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    if (symbol.description?.startsWith('opentelemetry.js.api.')) {
      Reflect.deleteProperty(globalThis, symbol)
    }
  }
})

function spanOf(name: string): ReadableSpan {
  const found = exporter.getFinishedSpans().find((span) => span.name === name)
  assert.ok(found, `${name} is none of ${exporter.getFinishedSpans().map((span) => span.name)}`)
  return found
}

const login = 'POST /_allauth/app/v1/auth/login'

describe('the traces', () => {
  it('have a span for an operation, and in it one for each part of the work', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    exporter.reset()
    await auth.client('app').post('auth/login', { email: ann.email, password })
    const operation = spanOf(login)
    assert.equal(operation.kind, SpanKind.SERVER)
    assert.deepEqual(operation.attributes, {
      'http.request.method': 'POST',
      'http.route': '/_allauth/app/v1/auth/login',
      'http.response.status_code': 200,
    })
    for (const part of ['session_check', 'hash', 'transaction']) {
      assert.equal(spanOf(part).parentSpanContext?.spanId, operation.spanContext().spanId, part)
    }
    const text = JSON.stringify(exporter.getFinishedSpans().map((it) => [it.name, it.attributes]))
    assert.ok(!text.includes('ann'), text)
  })

  it('go on from the traceparent of the request', async () => {
    await using auth = await createTestAuth()
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await auth.client('app').get('auth/session', { headers: { traceparent } })
    const span = spanOf('GET /_allauth/app/v1/auth/session')
    assert.equal(span.spanContext().traceId, '0af7651916cd43dd8448eb211c80319c')
    assert.equal(span.parentSpanContext?.spanId, 'b7ad6b7169203331')
  })

  it('belong to the span of a program that has the request already', async () => {
    await using auth = await createTestAuth()
    const tracer = trace.getTracer('test')
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await tracer.startActiveSpan('outside', async (outer) => {
      await auth.client('app').get('auth/session', { headers: { traceparent } })
      outer.end()
      const span = spanOf('GET /_allauth/app/v1/auth/session')
      assert.equal(span.parentSpanContext?.spanId, outer.spanContext().spanId)
    })
  })

  it('say which operation failed, but not with which words', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('app', { mayFail: true })
    await withoutTable(auth.server.db, 'rate_limits', () =>
      client.post('auth/login', { email: ann.email, password }),
    )
    const { status, attributes, events } = spanOf(login)
    assert.deepEqual(status, { code: SpanStatusCode.ERROR })
    assert.equal(attributes['error.type'], '500')
    assert.deepEqual(events, [])
  })

  it('have one for each mail', async () => {
    await using auth = await createTestAuth()
    await auth.client('app').post('auth/signup', { email: ann.email, password })
    await auth.server.outbox.drain()
    assert.equal(spanOf('send_mail').kind, SpanKind.CLIENT)
  })
})
