import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import prom from 'prom-client'
import { describe, it } from 'vitest'
import { parse } from 'yaml'
import type { Work } from '../observer.ts'
import { createGauges } from './gauges.ts'
import { createInstruments } from './instruments.ts'

const registry = new prom.Registry()
prom.collectDefaultMetrics({ register: registry })
createGauges(prom, registry, () => undefined)
createInstruments(prom, registry)

function read(file: string): string {
  return readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8')
}

/** The first two cells of the rows that begin with a name of a pattern. */
function readRows(name: RegExp): string[] {
  const rows = read('docs/deployment.md').matchAll(/^\| `(\w+)` +\| (.*?) +\|/gm)
  return [...rows]
    .filter(([, first = '']) => name.test(first))
    .map(([, first, second = '']) => `${first} ${second.replaceAll('`', '')}`.trim())
}

describe('docs/deployment.md', () => {
  it('lists every metric with its labels, and no other', () => {
    const registered = registry.getMetricsAsArray().map((metric) => {
      const labels = 'labelNames' in metric ? String(metric.labelNames) : ''
      return `${metric.name} ${labels.replaceAll(',', ', ')}`.trim()
    })
    assert.deepEqual(readRows(/^(latchkey|process|nodejs)_/).sort(), registered.sort())
  })

  it('lists every part of the work', () => {
    const parts: Record<Work, true> = {
      session_check: true,
      hash: true,
      transaction: true,
      ask_provider: true,
      send_mail: true,
      send_sms: true,
      send_webhook: true,
    }
    const listed = readRows(/^[a-z]+(_[a-z]+)?$/).map((row) => row.split(' ')[0])
    assert.deepEqual(listed.sort(), Object.keys(parts).sort())
  })
})

describe('deploy/prometheus-alerts.yaml', () => {
  it('asks for metrics that there are', () => {
    const { groups } = parse(read('deploy/prometheus-alerts.yaml'))
    // Of this shape, or it has no effect.
    const rules = groups[0].rules as { alert: string; expr: string }[]
    assert.ok(rules.length > 0)
    const known = registry.getMetricsAsArray().map(({ name }) => name)
    for (const { alert, expr } of rules) {
      const names = expr.match(/\b(latchkey|process|nodejs)_\w+/g) ?? ['up']
      for (const name of names) {
        assert.ok(name === 'up' || known.includes(name.replace(/_(count|sum|bucket)$/, '')), alert)
      }
    }
  })
})
