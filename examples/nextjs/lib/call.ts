/** Calls the API from a page, with the token that shows that it is a page of this site. */
export async function call(method: string, path: string, body?: object): Promise<Response> {
  // Any answer of the API brings the cookie.
  if (readToken() === undefined) await fetch('/_allauth/browser/v1/config')
  return fetch(`/_allauth/browser/v1/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': readToken() ?? '' },
    ...(body && { body: JSON.stringify(body) }),
  })
}

function readToken(): string | undefined {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1]
}
