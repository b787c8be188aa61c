import { once } from 'node:events'
import { connect } from 'node:net'

/** An answer as it came. */
export interface Answer {
  status: number
  /** Status line and headers. */
  head: string
  body: string
}

/** A connection that stays open and carries one request at a time. */
export interface Wire {
  send(request: Buffer): Promise<Answer>
  close(): void
}

/** Connects to a server of this machine. */
export async function openWire(port: number): Promise<Wire> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  let received = ''
  let waiting: PromiseWithResolvers<Answer> | undefined
  const fail = (error: Error) => waiting?.reject(error)
  socket.setEncoding('latin1')
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', (text: string) => {
    received += text
    const answer = parseAnswer(received)
    if (!answer) return
    received = ''
    waiting?.resolve(answer)
  })
  return {
    send(request) {
      waiting = Promise.withResolvers<Answer>()
      socket.write(request)
      return waiting.promise
    },
    close() {
      waiting = undefined
      socket.destroy()
    },
  }
}

/** What a request needs beyond method and path. */
export interface RequestParts {
  headers?: Readonly<Record<string, string>>
  json?: object
}

/** The bytes of a request. */
export function writeRequest(
  method: string,
  path: string,
  { headers = {}, json }: RequestParts = {},
): Buffer {
  const body = json === undefined ? '' : JSON.stringify(json)
  const length =
    body === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': body.length }
  const all = Object.entries({ Host: '127.0.0.1', 'User-Agent': 'bench', ...headers, ...length })
  const lines = all.map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`, 'latin1')
}

/** The values of a header, however often it came. */
export function headersOf({ head }: Answer, name: string): string[] {
  return [...head.matchAll(new RegExp(`^${name}: (.*?)\r?$`, 'gim'))].map(([, value = '']) => value)
}

/** The whole answer, or null while there is more to come. */
function parseAnswer(text: string): Answer | null {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return null
  const head = text.slice(0, end)
  const body = text.slice(end + 4)
  const length = /\ncontent-length: (\d+)/i.exec(head)?.[1]
  const isWhole = length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length)
  if (!isWhole) return null
  return {
    status: Number(head.slice(9, 12)),
    head,
    body: length === undefined ? joined(body) : body,
  }
}

/** The body without what marks its chunks. */
function joined(chunked: string): string {
  const end = chunked.indexOf('\r\n')
  const size = Number.parseInt(chunked.slice(0, end), 16)
  if (!(size > 0)) return ''
  return chunked.slice(end + 2, end + 2 + size) + joined(chunked.slice(end + 2 + size + 2))
}
