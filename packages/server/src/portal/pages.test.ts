import assert from 'node:assert/strict'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, it } from 'vitest'
import { isServed, serve } from '../http/serve.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { createPortal, html, script } from './testing/built.ts'

interface Asked {
  method?: string
  headers?: Record<string, string>
}

/** A request exactly as given, and the bytes of its answer. */
async function ask({ server, served }: TestAuth, target: string, asked: Asked = {}) {
  const all: Record<string, string> = { host: 'localhost', ...asked.headers }
  const answered = await serve(server, served, {
    method: asked.method ?? 'GET',
    target,
    isEncrypted: false,
    remoteAddress: '192.0.2.1',
    header: (name) => all[name],
    readBody: async () => new Uint8Array(),
  })
  const bytes = Buffer.from(answered.body)
  const headers = new Headers(answered.headers)
  return { status: answered.status, headers, bytes, text: bytes.toString('utf8') }
}

const page = /<div id="root">/
const script1 = '/assets/index-B3x.js'

describe('the portal', () => {
  it('answers every path that nothing else has with its one page', async () => {
    await using auth = await createPortal()
    for (const path of [
      '/',
      '/?next=/account',
      '/index.html',
      '/login',
      '/verify-email/WzE3OTAsInUiXQ.Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6',
      '/password/reset/a%2Fb',
      '/account/sessions',
    ]) {
      const { status, headers, text } = await ask(auth, path)
      assert.equal(status, 200, path)
      assert.match(text, page, path)
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
      assert.equal(headers.get('cache-control'), 'no-store')
    }
  })

  it('leaves to others what is theirs, also where they have nothing', async () => {
    await using auth = await createPortal()
    for (const path of [
      '/_allauth',
      '/_allauth/',
      '/_allauth/app/v1/nope',
      '/_allauth%2Fapp%2Fv1%2Fnope',
      '/_latchkey/',
      '/_latchkey/browser/v1/nope',
      '/_dev/nope',
      '/_other',
      '/health',
      '/health/nope',
      '/metrics',
      '/.well-known/nope',
      '/.well-known/openid-configuration',
      '/.env',
      '/accounts',
      '/accounts/',
      '/accounts/oidc/idp/login/nope/',
    ]) {
      const { status, text } = await ask(auth, path)
      assert.equal(status, 404, path)
      assert.doesNotMatch(text, page, path)
    }
    assert.equal((await ask(auth, '/health/live')).status, 200)
    assert.equal((await ask(auth, '/_allauth/browser/v1/config')).status, 200)
  })

  it('answers 404 for files that it does not have', async () => {
    await using auth = await createPortal()
    for (const path of [
      '/assets/',
      '/assets/index-old.js',
      '/assets/deep/er',
      '/robots.txt',
      '/wp-login.php',
      '/assets/index-B3x.js.br',
      '/assets/index-B3x.js.gz',
    ]) {
      assert.equal((await ask(auth, path)).status, 404, path)
    }
  })

  it('hands out nothing but the files of its folder', async () => {
    await using auth = await createPortal()
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '/assets/..%5c..%5csecret.txt',
      '//secret.txt',
      '/%2fetc%2fpasswd',
      '/linked.txt',
      '/.vite/manifest.json',
      '/assets/index-B3x.js%00.png',
      '/__proto__.js',
      '/%E0%A4%A',
    ]) {
      const { status, text } = await ask(auth, path)
      assert.equal(status, 404, path)
      assert.doesNotMatch(text, /secret beside|hidden|root:/, path)
    }
  })

  it('only reads: whatever is sent to a path of its pages is not found', async () => {
    await using auth = await createPortal()
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE']) {
      assert.equal((await ask(auth, '/login', { method })).status, 404, method)
    }
    const head = await ask(auth, '/login', { method: 'HEAD' })
    assert.deepEqual([head.status, head.text], [200, ''])
    assert.equal((await ask(auth, script1, { method: 'HEAD' })).bytes.length, 0)
  })

  it('answers for no host that is not served', async () => {
    await using auth = await createPortal()
    const { status, text } = await ask(auth, '/', { headers: { host: 'evil.example.net' } })
    assert.equal(status, 400)
    assert.doesNotMatch(text, page)
  })

  it('says that it was not built where its folder is missing', async () => {
    await using auth = await createTestAuth()
    const { status, text } = await ask(auth, '/login')
    assert.equal(status, 404)
    assert.match(text, /npm run build/)
    assert.equal((await ask(auth, '/theme.css')).status, 200)
  })

  it('is not there where it is off, or where browsers may not call', async () => {
    for (const settings of [{ PORTAL_ENABLED: false }, { HEADLESS_CLIENTS: ['app'] }]) {
      await using auth = await createPortal(settings)
      const { status, text } = await ask(auth, '/')
      assert.equal(status, 404)
      assert.match(text, /nothing here/)
      assert.equal((await ask(auth, script1)).status, 404)
    }
  })
})

describe('the files of the portal', () => {
  it('have types, and are kept for ever where their name changes with them', async () => {
    await using auth = await createPortal()
    const asset = await ask(auth, script1)
    assert.equal(asset.text, script)
    assert.equal(asset.headers.get('content-type'), 'text/javascript; charset=utf-8')
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    const icon = await ask(auth, '/favicon.svg')
    assert.equal(icon.headers.get('content-type'), 'image/svg+xml')
    assert.equal(icon.headers.get('cache-control'), 'no-cache')
    const picture = await ask(auth, '/assets/logo-9aF.png')
    assert.deepEqual([...picture.bytes], [137, 80, 78, 71, 255, 0])
  })

  it('are not sent again to whoever has them', async () => {
    await using auth = await createPortal()
    for (const path of [script1, '/favicon.svg', '/theme.css']) {
      const first = await ask(auth, path)
      const tag = first.headers.get('etag') ?? ''
      assert.match(tag, /^"[\w-]+"$/)
      const again = await ask(auth, path, { headers: { 'if-none-match': `W/${tag}` } })
      assert.deepEqual([again.status, again.bytes.length], [304, 0])
      const other = await ask(auth, path, { headers: { 'if-none-match': '"other"' } })
      assert.equal(other.status, 200)
    }
  })

  it('are packed as the client can unpack them', async () => {
    await using auth = await createPortal()
    const table: [accepts: string, encoding: string | null][] = [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['br;q=0.0', null],
      ['identity', null],
      ['', null],
    ]
    const tags = new Set<string | null>()
    for (const [accepts, encoding] of table) {
      const headers = { 'accept-encoding': accepts }
      const answer = await ask(auth, script1, { headers })
      assert.equal(answer.headers.get('content-encoding'), encoding, accepts)
      assert.equal(answer.headers.get('vary'), 'Accept-Encoding')
      const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? '']
      assert.equal(String(unpack ? unpack(answer.bytes) : answer.bytes), script)
      tags.add(answer.headers.get('etag'))
    }
    assert.equal(tags.size, 3)
  })
})

describe('the policy of the pages', () => {
  it('lets nothing run or show that is not of the server', async () => {
    await using auth = await createPortal()
    for (const path of ['/', script1, '/theme.css', '/favicon.svg']) {
      const { headers } = await ask(auth, path)
      const policy = headers.get('content-security-policy')?.split('; ')
      assert.deepEqual(policy, [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
      ])
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('referrer-policy'), 'same-origin')
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
    }
  })

  it('lets the logo come from its host, and forms lead to providers where there are some', async () => {
    await using auth = await createPortal({
      PORTAL_LOGO_URL: 'https://cdn.example.test/logo.svg?v=1',
      SOCIALACCOUNT_PROVIDERS: { github: { APP: { client_id: 'one', secret: 'two' } } },
    })
    const policy = (await ask(auth, '/')).headers.get('content-security-policy') ?? ''
    assert.match(policy, /img-src 'self' data: https:\/\/cdn\.example\.test;/)
    assert.match(policy, /form-action 'self' https:;/)
  })
})

describe('a portal with a path of its own', () => {
  it('is there alone, and knows it', async () => {
    await using auth = await createPortal({ PORTAL_PATH: '/auth' })
    for (const path of ['/auth/', '/auth/login', '/auth/verify-email/x']) {
      const { status, text } = await ask(auth, path)
      assert.equal(status, 200, path)
      const written =
        '<base href="/auth/"><meta name="latchkey-csrf" content="csrftoken x-csrftoken">'
      const rest = html.replace('<base href="/">', '')
      assert.equal(text, rest.replace('<head>', `<head>${written}`))
    }
    assert.equal((await ask(auth, `/auth${script1}`)).text, script)
    assert.equal((await ask(auth, '/auth/theme.css')).status, 200)
    for (const path of ['/', '/login', script1, '/theme.css', '/authority', '/auth/assets/x.js']) {
      assert.equal((await ask(auth, path)).status, 404, path)
    }
  })

  it('tells its pages the names of the settings, whatever is in them', async () => {
    await using auth = await createPortal({
      CSRF_COOKIE_NAME: "a&amp'$&",
      CSRF_HEADER_NAME: 'HTTP_X_PROOF',
    })
    const { text } = await ask(auth, '/')
    const written = `<meta name="latchkey-csrf" content="a&amp;amp'$&amp; x-proof">`
    assert.equal(text.split('latchkey-csrf').length, 2)
    assert.ok(text.includes(written), text)
  })

  it('is led to from the path without its last slash, on the same host', async () => {
    await using auth = await createPortal({ PORTAL_PATH: '/auth/' })
    const { status, headers } = await ask(auth, '/auth?next=%2Faccount')
    assert.equal(status, 302)
    assert.equal(headers.get('location'), '/auth/?next=%2Faccount')
  })

  it('belongs to a program around us only there', async () => {
    await using own = await createPortal({ PORTAL_PATH: '/auth/' })
    const table = { '/auth': true, '/auth/x?y': true, '/auth/assets/none.js': true, '/': false }
    for (const [path, isOurs] of Object.entries({ ...table, '/authority': false })) {
      assert.equal(isServed(own.served, path), isOurs, path)
    }
    await using atRoot = await createPortal()
    for (const path of ['/', '/login', script1]) {
      assert.equal(isServed(atRoot.served, path), false, path)
    }
    assert.equal(isServed(atRoot.served, '/_latchkey/browser/v1/portal'), true)
  })
})

describe('theme.css', () => {
  it('has the scheme alone without colours', async () => {
    await using auth = await createPortal()
    const { headers, text } = await ask(auth, '/theme.css')
    assert.equal(headers.get('content-type'), 'text/css; charset=utf-8')
    assert.equal(text, ':root:root {\n  color-scheme: light dark;\n}\n')
  })

  it('has colours for both schemes, or for one of them', async () => {
    const colors = {
      accent: '#0a7',
      accentText: { dark: '#000' },
      background: { light: 'oklch(98% 0.01 250)', dark: 'rgb(10 10 20 / 90%)' },
    }
    await using auth = await createPortal({ PORTAL_COLORS: colors })
    const { text } = await ask(auth, '/theme.css')
    assert.equal(
      text,
      `:root:root {
  color-scheme: light dark;
  --latchkey-accent: #0a7;
}
@media (prefers-color-scheme: light) {
:root:root {
  --latchkey-background: oklch(98% 0.01 250);
}
}
@media (prefers-color-scheme: dark) {
:root:root {
  --latchkey-accent-text: #000;
  --latchkey-background: rgb(10 10 20 / 90%);
}
}
`,
    )
    await using dark = await createPortal({ PORTAL_COLORS: colors, PORTAL_COLOR_SCHEME: 'dark' })
    assert.equal(
      (await ask(dark, '/theme.css')).text,
      `:root:root {
  color-scheme: dark;
  --latchkey-accent: #0a7;
  --latchkey-accent-text: #000;
  --latchkey-background: rgb(10 10 20 / 90%);
}
`,
    )
  })
})
