import { toOneLine } from '../one-line.ts'
import type { Block, MailContent } from './content.ts'
import { escapeHtml } from './escape-html.ts'
import { isolate, isolatesToHtml, withoutMarks } from './isolate.ts'
import { toPlainText, toProse } from './plain-text.ts'
import type { Site } from './site.ts'
import type { Words } from './words.ts'

const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const mono = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Courier New', monospace"

const styles = {
  body: `margin:0;padding:24px 12px;background:#f3f4f6;font-family:${font}`,
  card: 'max-width:520px;margin:0 auto;padding:28px 24px;background:#ffffff;border-radius:12px',
  site: 'margin:0 0 20px;font-size:14px;font-weight:600;color:#6b7280',
  title: 'margin:0 0 16px;font-size:22px;line-height:1.3;color:#111827',
  text: 'margin:0 0 16px;font-size:16px;line-height:1.5;color:#374151;overflow-wrap:anywhere',
  code: `margin:0 0 16px;padding:14px 12px;background:#eef2ff;border-radius:8px;text-align:center;font-family:${mono};font-size:24px;line-height:1.3;letter-spacing:2px;color:#111827;overflow-wrap:anywhere`,
  button:
    'display:inline-block;padding:12px 22px;background:#3730a3;border-radius:8px;font-size:16px;font-weight:600;color:#ffffff;text-decoration:none',
  address: 'margin:0 0 16px;font-size:13px;line-height:1.5;color:#6b7280;overflow-wrap:anywhere',
  footer: 'max-width:520px;margin:16px auto 0;font-size:13px;line-height:1.5;color:#6b7280',
}

// For programs that know the reader's preference; all others show the light colours above.
const darkStyles = [
  '@media (prefers-color-scheme: dark) {',
  '.body{background:#0f1115!important}',
  '.card{background:#1b1e25!important}',
  '.title,.code{color:#f3f4f6!important}',
  '.text{color:#d1d5db!important}',
  '.soft,.soft a{color:#9ca3af!important}',
  '.code{background:#272c3a!important}',
  '.button{background:#6366f1!important}',
  '}',
].join('')

/** Makes a mail out of what a template wrote; `footer` stands below it. */
export function layOut(
  { title, blocks }: MailContent,
  site: Site,
  { words, footer }: { words: Words; footer: string },
): { subject: string; text: string; html: string } {
  const { siteName, subjectPrefix = null } = site
  const subject = subjectPrefix === null ? `${title} - ${siteName}` : `${subjectPrefix}${title}`
  return {
    subject: toOneLine(withoutMarks(subject)),
    text: toPlainText(blocks, footer, words),
    html: toHtml({ title, blocks, footer, words, site: siteName }),
  }
}

function toHtml(page: {
  title: string
  blocks: readonly Block[]
  footer: string
  site: string
  words: Words
}): string {
  const { words } = page
  // Said of the parts as well: some programs drop all that is around them.
  const own = words.isRightToLeft ? `lang="${words.language}" dir="rtl" ` : ''
  return `<!DOCTYPE html>
<html lang="${words.language}"${words.isRightToLeft ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${prose(page.title)}</title>
<style>${darkStyles}</style>
</head>
<body class="body" style="${styles.body}">
<div ${own}class="card" style="${styles.card}">
<p class="soft" style="${styles.site}">${prose(isolate(page.site))}</p>
<h1 class="title" style="${styles.title}">${prose(page.title)}</h1>
${page.blocks.map((block) => blockHtml(block, words)).join('\n')}
</div>
<p ${own}class="soft" style="${styles.footer}">${prose(page.footer)}</p>
</body>
</html>
`
}

function blockHtml(block: Block, { colon }: Words): string {
  if (block.kind === 'code') {
    return `<p class="code" dir="ltr" style="${styles.code}">${escapeHtml(toOneLine(block.code))}</p>`
  }
  if (block.kind === 'link') return linkHtml(toOneLine(block.url), block.label)
  if (block.kind === 'facts') {
    const lines = block.facts.map(([name, value]) => `${prose(name)}${colon} ${prose(value)}`)
    return `<p class="text" style="${styles.text}">${lines.join('<br>')}</p>`
  }
  return `<p class="text" style="${styles.text}">${prose(block.text)}</p>`
}

function linkHtml(url: string, label: string): string {
  const address = escapeHtml(url)
  return `<p style="margin:0 0 12px"><a class="button" href="${address}" style="${styles.button}">${prose(label)}</a></p>
<p class="soft" style="${styles.address}"><a dir="ltr" href="${address}" style="color:inherit">${address}</a></p>`
}

function prose(text: string): string {
  return isolatesToHtml(escapeHtml(toProse(text)))
}
