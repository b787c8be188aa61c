/** Parts of the work that are timed by themselves. */
export type Work =
  | 'session_check'
  | 'hash'
  | 'transaction'
  | 'ask_provider'
  | 'send_mail'
  | 'send_sms'
  | 'send_webhook'

/** What is counted. Nothing in it says who it was about. */
export type Counted =
  | { what: 'event'; type: string; method: string | null }
  /** A limit was used up. */
  | { what: 'limited'; action: string }
  /** Too many passwords waited for their turn. */
  | { what: 'hash_refused' }
  /** A try to send a message, and how it ended. */
  | { what: 'delivery'; kind: string; outcome: string }
  | { what: 'database_error' }

/** What an observer may know of a request. */
export interface ObservedRequest {
  readonly method: string
  /** The path as it is served: what stands in the place of a path that is not is `none`. */
  route(): string
  /** The value of a header, its name in lower case. */
  header(name: string): string | undefined
}

/** Looks on while the server works: metrics and traces are made of what it sees. */
export interface Observer {
  /** Around the whole of a request, which ends with an answer in any case. */
  request<Answer extends { status: number }>(
    request: ObservedRequest,
    answer: () => Promise<Answer>,
  ): Promise<Answer>
  /** Around a part of the work, which may fail. */
  work<Result>(kind: Work, run: () => Promise<Result>): Promise<Result>
  count(counted: Counted): void
}

/** What can be asked of a server at any time. */
export interface Gauges {
  /** Passwords that are hashed now, and that wait for it. */
  readonly hashing: { readonly running: number; readonly queued: number }
  /** What waits to be sent by all nodes together. */
  readonly outbox: {
    oldestAgeMs(): Promise<number>
    /** How many messages, by their kind. */
    countWaiting(): Promise<ReadonlyMap<string, number>>
  }
}

/** Nobody looks on, at no cost. */
export const unobserved: Observer = {
  request: (_request, answer) => answer(),
  work: (_kind, run) => run(),
  count() {},
}

/** The first looks on from outside of the second. */
export function bothObservers(outer: Observer, inner: Observer): Observer {
  if (outer === unobserved) return inner
  if (inner === unobserved) return outer
  return {
    request: (request, answer) => outer.request(request, () => inner.request(request, answer)),
    work: (kind, run) => outer.work(kind, () => inner.work(kind, run)),
    count(counted) {
      outer.count(counted)
      inner.count(counted)
    },
  }
}
