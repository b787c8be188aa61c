import { type Refusal, refusals } from '../errors.ts'
import type { AppTokens } from '../settings/token-strategy.ts'

/** Status and envelope of an answer in JSON. */
export interface Answer {
  status: number
  data?: unknown
  meta?: Record<string, unknown>
  errors?: readonly { message: string; code: string; param?: string }[]
  /** Headers beyond those that every answer has. */
  headers?: Readonly<Record<string, string>>
}

export function answer(status: number, envelope: Omit<Answer, 'status'> = {}): Answer {
  return { status, ...envelope }
}

/** What a refusal looks like on the wire: errors for a 400, else the status alone. */
export function refusalAnswer({ problems, retryAfterSeconds }: Refusal): Answer {
  const status = problems[0] ? refusals[problems[0].code].status : 400
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }
  if (status !== 400) return answer(status, { headers })
  const errors = problems.map(({ code, param }) => {
    const meaning: { text: string; wire?: string } = refusals[code]
    return {
      message: meaning.text,
      code: meaning.wire ?? code,
      ...(param !== undefined && { param }),
    }
  })
  return answer(status, { errors, headers })
}

/** The JSON text of an answer: headers are not part of it. */
export function answerText({ status, data, meta, errors }: Answer): string {
  return JSON.stringify({ status, data, meta, errors })
}

/** Tokens in the words of the API. */
export function describeTokens(tokens: AppTokens | null): Record<string, string> {
  if (!tokens) return {}
  const { accessToken, refreshToken } = tokens
  return {
    access_token: accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  }
}
