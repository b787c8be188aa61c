import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from '../docs/markdown.ts'

export const hasNginx = spawnSync('nginx', ['-v']).status === 0

/** The nginx of the machine, as deploy/nginx.conf has it, in front of nodes on this machine. */
export interface Nginx {
  httpPort: number
  /** Asks it by https as the host that browsers see. */
  ask(path: string, options?: AskOptions): Promise<NginxAnswer>
  stop(): Promise<void>
}

export interface AskOptions {
  method?: string
  headers?: Record<string, string>
  body?: string
}

export interface NginxAnswer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  text: string
}

/** What differs from the file: where the nodes are, ports, certificate, and where nginx may write. */
function configFor(folder: string, nodes: readonly string[], ports: [number, number]): string {
  const file = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
  const replaced = file
    .replace('latchkey-a:8000', nodes[0] ?? '')
    .replace('latchkey-b:8000', nodes[1] ?? '')
    .replace('listen 80 ', `listen 127.0.0.1:${ports[0]} `)
    .replace('listen 443 ', `listen 127.0.0.1:${ports[1]} `)
    .replaceAll('/etc/nginx/tls', folder)
    .replaceAll(/\/dev\/std(out|err)/g, `${folder}/$1.log`)
    // Debian's nginx may be older than this directive, see the comment there.
    .replace('http2 on;', '')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  return `pid ${folder}/pid;\ndaemon off;\n${replaced.replace('http {', `http {\n${temporary}`)}`
}

export async function startNginx(folder: string, nodes: readonly string[]): Promise<Nginx> {
  makeCertificate(folder)
  const ports: [number, number] = [await freePort(), await freePort()]
  const config = join(folder, 'nginx.conf')
  writeFileSync(config, configFor(folder, nodes, ports))
  const args = ['-c', config, '-p', folder, '-e', join(folder, 'err.log')]
  execFileSync('nginx', [...args, '-t'], { stdio: 'pipe' })
  const child = spawn('nginx', args, { stdio: 'ignore' })
  return {
    httpPort: ports[0],
    ask: (path, options) => ask(ports[1], path, options),
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function makeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const subject = ['-subj', '/CN=auth.example.com', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, ...files], { stdio: 'pipe' })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}

async function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: AskOptions = {},
): Promise<NginxAnswer> {
  const host = { host: 'auth.example.com', ...(body && { 'content-type': 'application/json' }) }
  // The certificate was made a moment ago, and nobody vouches for it.
  const where = { host: '127.0.0.1', port, path, method, rejectUnauthorized: false }
  const sent = request({ ...where, headers: { ...host, ...headers } })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) }
}
