import { type MailboxEntry, toMailboxEntry } from './mailbox-entry.ts'
import { mailboxStyles } from './mailbox-styles.ts'
import type { KeptMessage } from './memory.ts'
import { escapeHtml } from './templates/escape-html.ts'

/** The `Content-Security-Policy` for the pages: no scripts, nothing from elsewhere. */
export const mailboxPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The messages for programs, newest first. */
export function mailboxJson(messages: readonly KeptMessage[]): { messages: MailboxEntry[] } {
  return { messages: messages.map(toMailboxEntry) }
}

/** The list of messages, newest first. Each links to `path` + `/` + its id. */
export function mailboxPage(messages: readonly KeptMessage[], path: string): string {
  const entries = messages.map(toMailboxEntry)
  const items = entries.map((entry) => listItem(entry, path)).join('\n')
  const list = items ? `<ul class="list">\n${items}\n</ul>` : '<p>No messages yet.</p>'
  return page(
    'Mailbox',
    `<header><h1>Mailbox</h1><a class="button" href="${escapeHtml(path)}">Reload</a></header>
<p class="soft">What this development server would have sent, newest first.</p>
<main>
${list}
</main>`,
  )
}

/** One message: what it says, and its code or link in reach. `path` is where the list is. */
export function messagePage(message: KeptMessage, path: string): string {
  const entry = toMailboxEntry(message)
  const title = entry.subject || 'Text message'
  return page(
    title,
    `<nav><a href="${escapeHtml(path)}">All messages</a></nav>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="soft">To <b>${escapeHtml(entry.to)}</b>, ${timeHtml(entry)}</p>
${usefulParts(entry)}
<h2>Text</h2>
<pre dir="auto">${escapeHtml(entry.text)}</pre>
${htmlPart(entry)}
</main>`,
  )
}

function listItem(entry: MailboxEntry, path: string): string {
  const title = entry.subject || 'Text message'
  const address = `${path}/${encodeURIComponent(entry.id)}`
  return `<li>
<a href="${escapeHtml(address)}">${escapeHtml(title)}</a>
<p class="soft">To <b>${escapeHtml(entry.to)}</b>, ${timeHtml(entry)}</p>
${usefulParts(entry)}
</li>`
}

/** An output is selected as a whole by one click, ready to be copied. */
function usefulParts({ code, key, link }: MailboxEntry): string {
  const parts = [
    code && `<p>Code <output>${escapeHtml(code)}</output></p>`,
    key && `<p>Key <output>${escapeHtml(key)}</output></p>`,
    link &&
      `<p><a class="link" href="${escapeHtml(link)}" target="_blank" rel="noopener noreferrer">${escapeHtml(link)}</a></p>`,
  ]
  return parts.filter(Boolean).join('\n')
}

/** The sandbox runs no scripts, submits no forms and leads nowhere. */
function htmlPart({ html }: MailboxEntry): string {
  if (html === undefined) return ''
  return `<h2>HTML</h2>
<iframe title="The HTML part of this mail" sandbox srcdoc="${escapeHtml(html)}"></iframe>`
}

function timeHtml({ at }: MailboxEntry): string {
  return `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${mailboxStyles}</style>
</head>
<body>
${body}
</body>
</html>
`
}
