import type { Counter, Histogram, Registry } from 'prom-client'

/** The part of the package that is used, which is loaded only where there are metrics. */
export type PromClient = typeof import('prom-client')

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What is measured as it happens. Labels have few values, and none that says who it was about. */
export interface Instruments {
  requests: Histogram<'method' | 'route' | 'status'>
  work: Histogram<'work' | 'outcome'>
  logins: Counter<'method' | 'outcome'>
  signups: Counter
  events: Counter<'type'>
  limited: Counter<'action'>
  hashRefused: Counter
  deliveries: Counter<'kind' | 'outcome'>
  databaseErrors: Counter
}

/** Makes them all, on a registry of their own. */
export function createInstruments(prom: PromClient, registry: Registry): Instruments {
  const registers = [registry]
  function counter<Label extends string = never>(name: string, help: string, labels: Label[] = []) {
    return new prom.Counter({ name, help, labelNames: labels, registers })
  }
  function histogram<Label extends string>(name: string, help: string, labels: Label[]) {
    return new prom.Histogram({ name, help, labelNames: labels, buckets: seconds, registers })
  }
  return {
    requests: histogram(
      'latchkey_request_duration_seconds',
      'Time that requests took, by operation and class of the status.',
      ['method', 'route', 'status'],
    ),
    work: histogram('latchkey_work_duration_seconds', 'Time that parts of the work took.', [
      'work',
      'outcome',
    ]),
    logins: counter('latchkey_logins_total', 'Proofs of a log-in that were tried.', [
      'method',
      'outcome',
    ]),
    signups: counter('latchkey_signups_total', 'Accounts that people made.'),
    events: counter('latchkey_events_total', 'Events of the audit log.', ['type']),
    limited: counter('latchkey_limited_total', 'Uses refused by a rate limit.', ['action']),
    hashRefused: counter(
      'latchkey_hash_refused_total',
      'Passwords turned away because too many were waiting.',
    ),
    deliveries: counter('latchkey_deliveries_total', 'Tries to send a message.', [
      'kind',
      'outcome',
    ]),
    databaseErrors: counter('latchkey_database_errors_total', 'Queries that failed unexpectedly.'),
  }
}
