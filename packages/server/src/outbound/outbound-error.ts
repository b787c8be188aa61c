/** What can keep a request from being answered, and how it is put in words. */
const reasons = {
  address: 'not an address that may be asked',
  scheme: 'not asked by https',
  redirect: 'answered with a redirect',
  encoding: 'answered with a compressed body',
  too_long: 'answered with too long a body',
  timeout: 'did not answer in time',
  unreachable: 'could not be asked',
} as const

/** Why there is no answer from another server. */
export type OutboundFailure = keyof typeof reasons

/**
 * A request to another server that came to nothing. The message names the host and the reason alone,
 * and there is no cause: the errors of Node.js can hold what was received.
 */
export class OutboundError extends Error {
  readonly code: OutboundFailure

  constructor(code: OutboundFailure, host: string, detail?: string) {
    super(`${host}: ${reasons[code]}${detail === undefined ? '' : ` (${detail})`}`)
    this.name = 'OutboundError'
    this.code = code
  }
}
