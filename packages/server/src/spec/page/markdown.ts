import { type Html, html } from './html.ts'

/** The few marks that descriptions have: paragraphs, lists, bold and code. */
export function markdown(text: string): Html {
  const blocks = text.trim().split(/\n{2,}/)
  return html`${blocks.filter((it) => it !== '').map(block)}`
}

function block(text: string): Html {
  const items = text.split(/^[-*] +/m)
  const [lead = '', ...listed] = items
  if (listed.length === 0) return html`<p>${inline(text)}</p>`
  const list = html`<ul>${listed.map((item) => html`<li>${inline(item.trim())}</li>`)}</ul>`
  return lead.trim() === '' ? list : html`<p>${inline(lead.trim())}</p>${list}`
}

/** Text of one line: code is taken as it is, so that no mark counts inside of it. */
export function inline(text: string): Html {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)
  return html`${parts.map((part) => {
    if (/^`.+`$/s.test(part)) return html`<code>${part.slice(1, -1)}</code>`
    if (/^\*\*.+\*\*$/s.test(part)) return html`<strong>${part.slice(2, -2)}</strong>`
    return html`${part}`
  })}`
}
