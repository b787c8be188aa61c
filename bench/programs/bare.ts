// The least that can be done with node:http: the bytes and headers of one answer, whatever is asked.
import { createServer } from 'node:http'

const { status, head, body }: { status: number; head: string; body: string } = JSON.parse(
  process.env.ANSWER ?? '',
)
// Node writes these by itself, as it did in the answer.
const own = /^(date|connection|keep-alive|transfer-encoding):/i
const lines = head.split('\r\n').slice(1)
const headers = lines.filter((line) => !own.test(line)).flatMap(splitHeader)

const server = createServer((_, outgoing) => {
  outgoing.writeHead(status, headers)
  outgoing.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`listening on http://127.0.0.1:${address?.port}`)
})

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}
