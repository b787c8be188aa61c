// Signing in at a provider: a form that the browser posts, and the page that it comes back to.

const api = '/_allauth/browser/v1'

const errors = {
  cancelled: 'You have cancelled it.',
  signup_closed: 'Nobody new can sign up.',
  connected_other: 'That account belongs to somebody else here.',
  reauthentication_required: 'Sign in once more first.',
}

/** Asks the API. 401 is no failure: the answer names the step that is missing. */
async function call(method, path, body) {
  const response = await fetch(`${api}/${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-csrftoken': csrfToken() },
    body: body && JSON.stringify(body),
  })
  const answer = await response.json()
  if (response.ok || response.status === 401) return answer
  throw new Error(answer.errors?.map(({ message }) => message).join(' ') ?? response.status)
}

function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? ''
}

const actions = {
  signUp: (fields) => call('POST', 'auth/provider/signup', fields),
  logOut: () => call('DELETE', 'auth/session'),
  disconnect: (fields) => call('DELETE', 'account/providers', fields),
}

async function show() {
  const { data, meta } = await call('GET', 'auth/session')
  const pending = data.flows?.find((flow) => flow.is_pending)?.id
  if (pending || !meta.is_authenticated) return showSection(pending ?? 'login')
  element('user').textContent = data.user.display
  const { data: accounts } = await call('GET', 'account/providers')
  element('accounts').replaceChildren(...accounts.map(accountItem))
  return showSection('account')
}

async function showSection(id) {
  const { data } = await call('GET', 'config')
  for (const place of document.querySelectorAll('[data-process]')) {
    const forms = data.socialaccount.providers.map((it) => providerForm(it, place.dataset.process))
    place.replaceChildren(...forms)
  }
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== id
}

function providerForm({ id, name }, process) {
  const form = element('provider').content.cloneNode(true)
  const values = { csrfmiddlewaretoken: csrfToken(), provider: id, process }
  fill(form, values)
  form.querySelector('button').textContent =
    `${process === 'login' ? 'Sign in with' : 'Connect'} ${name}`
  return form
}

function accountItem({ uid, display, provider }) {
  const item = element('connected').content.cloneNode(true)
  fill(item, { provider: provider.id, account: uid })
  item.querySelector('span').textContent = `${provider.name}: ${display}`
  item.querySelector('button').ariaLabel = `Disconnect ${display}`
  return item
}

function fill(form, values) {
  for (const [name, value] of Object.entries(values))
    form.querySelector(`[name=${name}]`).value = value
}

function element(id) {
  return document.getElementById(id)
}

async function run(action, fields) {
  try {
    await actions[action]?.(fields)
    await show()
  } catch (error) {
    element('problem').textContent = error.message
  }
}

document.addEventListener('submit', (event) => {
  const action = event.target.dataset.do
  // The forms that lead to a provider are the browser's.
  if (!action) return
  event.preventDefault()
  element('problem').textContent = ''
  run(action, Object.fromEntries(new FormData(event.target)))
})

const error = new URLSearchParams(location.search).get('error')
if (error) element('problem').textContent = errors[error] ?? 'That did not work. Try again.'
run()
