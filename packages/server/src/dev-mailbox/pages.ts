import { mailboxJson, mailboxPage, mailboxPolicy, messagePage } from '../delivery/mailbox-page.ts'
import type { Mailbox } from '../delivery/memory.ts'
import type { Pages } from '../http/pages.ts'
import {
  jsonAnswer,
  plainAnswer,
  type TransportAnswer,
  type TransportRequest,
} from '../http/transport.ts'

const path = '/_dev/mail'

/** The mailbox of a development server: every mail and text message that it sent. */
export function mailboxPages(mailbox: Mailbox): Pages {
  const pages: [string, (request: TransportRequest) => Promise<TransportAnswer>][] = [
    [path, async (request) => list(mailbox, request)],
    [`${path}/`, async (request) => show(mailbox, request)],
  ]
  return new Map(pages)
}

function list(mailbox: Mailbox, request: TransportRequest): TransportAnswer {
  const messages = mailbox.messages()
  if (wantsJson(request)) return jsonAnswer(200, JSON.stringify(mailboxJson(messages)))
  return page(mailboxPage(messages, path))
}

function show(mailbox: Mailbox, request: TransportRequest): TransportAnswer {
  const id = request.target.replace(/[?#].*$/s, '').slice(path.length + 1)
  const message = mailbox.find(id)
  return message ? page(messagePage(message, path)) : plainAnswer(404, 'This message is gone.')
}

/** Browsers ask for HTML; everything else gets what programs read. */
function wantsJson(request: TransportRequest): boolean {
  return !(request.header('accept') ?? '').includes('text/html')
}

function page(html: string): TransportAnswer {
  return {
    status: 200,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['cache-control', 'no-store'],
      ['content-security-policy', mailboxPolicy],
      ['referrer-policy', 'no-referrer'],
      ['x-content-type-options', 'nosniff'],
    ],
    body: html,
  }
}
