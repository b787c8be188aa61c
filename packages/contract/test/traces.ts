import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An answer that was recorded, with what was asked. */
export interface RecordedAnswer {
  trace: string
  method: string
  path: string
  status: number
  body: unknown
}

interface Step {
  do: string
  method?: string
  path?: string
  client?: string
  steps?: Step[]
  expect?: { status: number; body?: unknown }
}

interface Trace {
  client: string
  steps: Step[]
}

export const traceFolder = new URL('../../../../shared/conformance/traces/', import.meta.url)

/** Reads all recorded answers that are JSON. */
export function recordedAnswers(): RecordedAnswer[] {
  const folder = fileURLToPath(traceFolder)
  return globSync('*/*.json', { cwd: folder }).flatMap((trace) => {
    const { client, steps } = JSON.parse(readFileSync(join(folder, trace), 'utf8')) as Trace // as documented there
    return steps.flatMap((step) => answersOf(step, client)).map((it) => ({ trace, ...it }))
  })
}

function answersOf(step: Step, traceClient: string): Omit<RecordedAnswer, 'trace'>[] {
  if (step.steps) return step.steps.flatMap((it) => answersOf(it, traceClient))
  const { method, path, expect, client = traceClient } = step
  if (!method || !path || expect?.body === undefined) return []
  const whole = step.do === 'http' ? path : `/_allauth/${client}/v1${path}`
  return [{ method, path: whole, status: expect.status, body: plausible(expect.body) }]
}

const placeholders: Record<string, unknown> = {
  '<string>': 'text',
  '<id>': 1,
  '<timestamp>': 1790000000.25,
  '<token>': '4vZr0m1Xo9bQhT6y',
  '<secret>': 'JBSWY3DPEHPK3PXP',
  '<url>': 'otpauth://totp/Latchkey:ann',
}

/** What may be anything in a recording, by the member that it stands in. */
const anything: Record<string, unknown> = {
  methods: [],
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
}

/** Puts values in the place of placeholders. */
function plausible(value: unknown, key = ''): unknown {
  if (value === '<any>') return anything[key]
  if (value === null && key === 'is_authenticated') return false // the reference's habit, not ours
  if (typeof value === 'string') return placeholders[value] ?? fillTemplates(value)
  if (Array.isArray(value)) return value.map((it) => plausible(it))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, plausible(it, name)]))
}

/** `{{idp}}` and `{{server}}` stand for addresses, captured values for texts. */
function fillTemplates(text: string): string {
  return text
    .replaceAll(/\{\{(idp|server)\}\}/g, 'http://127.0.0.1:8000')
    .replaceAll(/\{\{\w+\}\}/g, 'text')
}
