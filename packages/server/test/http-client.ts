// An app that talks to a server by HTTP, and checks every answer against the contract.
import { assertAnswer } from '../src/testing/contract.ts'

/** The envelope as far as these tests look at it. */
interface Body {
  status?: number
  data?: {
    user?: Record<string, unknown>
    methods?: Record<string, unknown>[]
    flows?: { id: string; is_pending?: boolean }[]
    access_token?: string
    refresh_token?: string
  }
  meta?: {
    is_authenticated?: boolean
    session_token?: string
    access_token?: string
    refresh_token?: string
  }
  errors?: { code: string; param?: string }[]
}

export interface HttpAnswer {
  status: number
  body: Body
  /** The status and the codes of the errors, such as `400 email_taken`. */
  outcome: string
  /** When to come back, where the answer says so. */
  retryAfter: string | null
}

export interface HttpRequest {
  token?: string | undefined
  /** The address that a trusted proxy says it comes from. */
  ip?: string
  json?: object
  headers?: Record<string, string>
}

/** Sends one request to a path below `/_allauth/app/v1/`. */
export async function request(
  url: string,
  method: string,
  path: string,
  { token, ip, json, headers = {} }: HttpRequest = {},
): Promise<HttpAnswer> {
  const target = `/_allauth/app/v1/${path}`
  const answer = await fetch(url + target, {
    method,
    headers: {
      ...headers,
      ...(token !== undefined && { 'X-Session-Token': token }),
      ...(ip !== undefined && { 'X-Forwarded-For': ip }),
      ...(json && { 'Content-Type': 'application/json' }),
    },
    ...(json && { body: JSON.stringify(json) }),
  })
  const text = await answer.text()
  const body: Body = text === '' ? {} : JSON.parse(text)
  if (answer.status < 500) assertAnswer(method, target, answer.status, body)
  const codes = body.errors?.map(({ code }) => code) ?? []
  return {
    status: answer.status,
    body,
    outcome: [answer.status, ...codes].join(' '),
    retryAfter: answer.headers.get('retry-after'),
  }
}

/** How often each outcome came. */
export function tally(answers: readonly HttpAnswer[]): Record<string, number> {
  const groups = Map.groupBy(answers, ({ outcome }) => outcome)
  return Object.fromEntries([...groups].map(([outcome, all]) => [outcome, all.length]))
}

/** The code that stands in a mail. */
export function codeIn(text: string): string {
  const code = /^\s*([A-Z]{4}-[A-Z]{4}|[A-Z]{3}-[A-Z]{3}|\d{6})\s*$/m.exec(text)?.[1]
  if (code === undefined) throw new Error(`no code in: ${text}`)
  return code
}

/** The key that a link in a mail ends with. */
export function keyIn(text: string): string {
  const key = /https:\/\/app\.example\.test\/(?:verify-email|reset-password)\/(\S+)/.exec(text)?.[1]
  if (key === undefined) throw new Error(`no link in: ${text}`)
  return key
}
