// What a browser does at a provider, without one: keeps cookies, follows redirects, sends forms.
import assert from 'node:assert/strict'

/** How somebody behaves at the pages of the provider. */
export interface Behaviour {
  /** The name that is signed in with. */
  as: string
  /** True: cancels where the provider asks for consent. */
  denies?: boolean
}

/** The browser of one person at a provider, with the cookies of that provider. */
export class PeerBrowser {
  readonly #cookies = new Map<string, string>()
  readonly #origin: string
  /** The pages that were shown, by their titles. */
  readonly seen: string[] = []

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Goes on until the provider sends the browser elsewhere, and tells where. */
  async follow(start: string, { as, denies = false }: Behaviour): Promise<string> {
    let url = start
    let form: URLSearchParams | undefined
    for (let steps = 0; steps < 20; steps += 1) {
      const answer = await this.#send(url, form)
      form = undefined
      const location = answer.headers.get('location')
      if (location !== null) {
        url = new URL(location, url).href
        if (!url.startsWith(`${this.#origin}/`)) return url
        continue
      }
      const page = await answer.text()
      assert.equal(answer.status, 200, page)
      const title = /<h1>(.*?)<\/h1>/.exec(page)?.[1] ?? ''
      this.seen.push(title)
      if (denies && title === 'Authorize') url = linkIn(page, /<a href="([^"]+)">\[ Cancel \]/)
      else {
        url = linkIn(page, /<form [^>]*action="([^"]+)"/)
        form = new URLSearchParams(
          title === 'Authorize'
            ? { prompt: 'consent' }
            : { prompt: 'login', login: as, password: '-' },
        )
      }
    }
    throw new Error(`the provider leads nowhere: ${this.seen}`)
  }

  /** Signs out at the provider, as far as that can be told from outside. */
  forget(): void {
    this.#cookies.clear()
  }

  async #send(url: string, form: URLSearchParams | undefined): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: { cookie },
      redirect: 'manual',
      ...(form && { body: form }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return answer
  }
}

function linkIn(page: string, pattern: RegExp): string {
  const link = pattern.exec(page)?.[1]
  assert.ok(link, page)
  return link.replaceAll('&amp;', '&')
}
