import { gzipSync } from 'node:zlib'
import type { Misanswer } from './misbehaving-provider.ts'

/** The honest answer with some members changed; `undefined` takes one away. */
export function change(members: object): Misanswer {
  return (answer, honest) => answer.end(JSON.stringify({ ...honest, ...members }))
}

/** Some JSON, whatever the honest answer is. */
export function json(value: unknown, status = 200): Misanswer {
  return (answer) => answer.writeHead(status).end(JSON.stringify(value))
}

export function text(body: string, contentType: string): Misanswer {
  return (answer) => answer.writeHead(200, { 'content-type': contentType }).end(body)
}

/** Sends whoever asks elsewhere, where the honest answer would be found. */
function redirect(status: number): Misanswer {
  return (answer) => answer.writeHead(status, { location: '/elsewhere' }).end()
}

const compressed: Misanswer = (answer, honest) =>
  answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(honest)))

const slowHeaders: Misanswer = () => {}

const slowBody: Misanswer = (answer) => {
  answer.writeHead(200)
  answer.write('{')
}

const endlessBody: Misanswer = (answer) => {
  answer.write('{"filler":"')
  const filler = 'x'.repeat(65_536)
  function pour(): void {
    while (!answer.destroyed && answer.write(filler));
    if (!answer.destroyed) answer.once('drain', pour)
  }
  pour()
}

const hangUp: Misanswer = (answer) => answer.destroy()

/** What any endpoint can do wrong, and the words in the log. */
export const misanswers: Readonly<Record<string, [Misanswer, RegExp]>> = {
  'answers 500': [json({ error: 'oops' }, 500), /answered 500|gave no tokens/],
  'answers 404 in HTML': [
    (answer) => answer.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Gone</h1>'),
    /answered 404|gave no tokens/,
  ],
  'answers HTML': [text('<h1>Sign in</h1>', 'text/html'), /else than JSON|gave no tokens/],
  'answers nothing': [text('', 'application/json'), /else than JSON|gave no tokens/],
  'answers null': [json(null), /configuration|keys|gave no tokens|userinfo/],
  'answers a list': [json([]), /configuration|keys|gave no tokens|userinfo|subject/],
  'answers text as JSON': [json('yes'), /configuration|keys|gave no tokens|userinfo/],
  'redirects (302)': [redirect(302), /answered with a redirect/],
  'redirects (307)': [redirect(307), /answered with a redirect/],
  'compresses unasked': [compressed, /compressed body/],
  'is slow to begin': [slowHeaders, /did not answer in time/],
  'is slow to end': [slowBody, /did not answer in time/],
  'does not end': [endlessBody, /too long a body|did not answer in time/],
  'hangs up': [hangUp, /could not be asked/],
}
