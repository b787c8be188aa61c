import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'

export const script = `console.log(${JSON.stringify('sign in '.repeat(400))})\n`
export const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="/">
<title>Sign in</title>
<link rel="stylesheet" href="theme.css">
<script type="module" src="./assets/index-B3x.js"></script>
</head>
<body><div id="root"></div></body>
</html>
`

/** What a build of the pages looks like, and what may lie about in it. */
export function makeFolder(): { folder: string; remove: () => void } {
  const base = mkdtempSync(join(tmpdir(), 'latchkey-portal-'))
  const folder = join(base, 'dist')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  mkdirSync(join(folder, '.vite'))
  writeFileSync(join(base, 'secret.txt'), 'a secret beside the folder')
  writeFileSync(join(folder, 'index.html'), html)
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'assets/index-B3x.js'), script)
  writeFileSync(join(folder, 'assets/index-B3x.js.br'), brotliCompressSync(script))
  writeFileSync(join(folder, 'assets/index-B3x.js.gz'), gzipSync(script))
  writeFileSync(join(folder, 'assets/logo-9aF.png'), new Uint8Array([137, 80, 78, 71, 255, 0]))
  writeFileSync(join(folder, '.vite/manifest.json'), '{"hidden": true}')
  symlinkSync(join(base, 'secret.txt'), join(folder, 'linked.txt'))
  return { folder, remove: () => rmSync(base, { recursive: true, force: true }) }
}

/** A server that has the pages, and a folder of its own for them. */
export async function createPortal(settings: Record<string, unknown> = {}): Promise<TestAuth> {
  const { folder, remove } = makeFolder()
  const auth = await createTestAuth({ settings, portalFolder: folder })
  return {
    ...auth,
    async [Symbol.asyncDispose]() {
      await auth.close()
      remove()
    },
  }
}
