// Passkeys with what browsers have. Each button of the page names an action: a request or two, with
// the browser's dialog for keys between them. Then the page shows what the API says is next.

const api = '/_allauth/browser/v1'
const keysPath = 'account/authenticators/webauthn'

/** 401 is no failure: the answer names the step that is missing. */
class StepMissing extends Error {
  constructor(answer) {
    super('a step is missing')
    this.answer = answer
  }
}

/** Asks the API, and returns what a 200 carries. */
async function call(method, path, body) {
  const [, token = ''] = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/) ?? []
  const response = await fetch(`${api}/${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-csrftoken': token },
    body: body && JSON.stringify(body),
  })
  if (response.status === 200) return response.json()
  if (response.status === 401) throw new StepMissing(await response.json())
  const { errors } = response.status === 400 ? await response.json() : {}
  const texts = errors?.map(({ message }) => message) ?? [textOfStatus(response.status)]
  throw new Error(texts.join(' '))
}

function textOfStatus(status) {
  if (status === 404) return 'There is nothing of this kind.'
  if (status === 409) return 'This is not possible now. Load the page again.'
  if (status === 429) return 'Too many attempts. Try again later.'
  return `The server answered with status ${status}.`
}

/** Has a new key made for what the API asks to sign at this path. */
async function makeKey(path) {
  const { data } = await call('GET', path)
  const options = data.creation_options.publicKey
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey })
  return credential.toJSON()
}

/** Has a key sign what the API asks for at this path, and sends it there. */
async function useKey(path) {
  const { data } = await call('GET', path)
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey)
  const credential = await navigator.credentials.get({ publicKey })
  await call('POST', path, { credential: credential.toJSON() })
}

const actions = {
  logIn: (fields) => call('POST', 'auth/login', fields),
  logInWithPasskey: () => useKey('auth/webauthn/login'),
  authenticateByKey: () => useKey('auth/webauthn/authenticate'),
  authenticateByCode: (fields) => call('POST', 'auth/2fa/authenticate', fields),
  logOut: () => call('DELETE', 'auth/session'),

  signUp: (fields) => call('POST', 'auth/signup', fields),
  signUpWithPasskey: (fields) => call('POST', 'auth/webauthn/signup', fields),
  verifyEmail: (fields) => call('POST', 'auth/email/verify', fields),
  async makePasskey({ name }) {
    const credential = await makeKey('auth/webauthn/signup')
    await call('PUT', 'auth/webauthn/signup', { name, credential })
  },

  reauthenticate: (fields) => call('POST', 'auth/reauthenticate', fields),
  reauthenticateByKey: () => useKey('auth/webauthn/reauthenticate'),

  async addPasskey({ name }) {
    const credential = await makeKey(`${keysPath}?passwordless`)
    const { meta } = await call('POST', keysPath, { name, credential })
    if (meta.recovery_codes_generated) await actions.showRecoveryCodes()
  },
  renameKey: ({ key, name }) => call('PUT', keysPath, { id: Number(key), name }),
  removeKey: ({ key }) => call('DELETE', keysPath, { authenticators: [Number(key)] }),
  async showRecoveryCodes() {
    const { data } = await call('GET', 'account/authenticators/recovery-codes')
    element('notice').textContent = `Keep your recovery codes: ${data.unused_codes.join(', ')}`
  },
}

/** Does what a button names, and shows what comes next. */
async function run(action, fields) {
  try {
    await actions[action]?.(fields)
    await show(await call('GET', 'auth/session'))
  } catch (error) {
    if (error instanceof StepMissing) return show(error.answer)
    element('problem').textContent = error.message
  }
}

/** Shows the section of the page that an answer about the session asks for. */
async function show({ data, meta }) {
  const flows = data.flows ?? []
  const pending = flows.find((flow) => flow.is_pending)?.id
  if (pending) return showSection(pending)
  if (!meta.is_authenticated) return showSection('login')
  if (flows.length > 0) return showReauthentication(flows)
  element('user').textContent = data.user.display
  const { data: authenticators } = await call('GET', 'account/authenticators')
  const keys = authenticators.filter(({ type }) => type === 'webauthn')
  element('keys').replaceChildren(...keys.map(keyItem))
  showSection('account')
}

function showReauthentication(flows) {
  for (const form of document.querySelectorAll('[data-flow]')) {
    form.hidden = !flows.some(({ id }) => id === form.dataset.flow)
  }
  showSection('reauthenticate')
}

function showSection(id) {
  for (const form of document.querySelectorAll('form')) form.reset()
  const before = document.querySelector('section:not([hidden])')
  if (before?.id === id) return
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== id
  // Who works without a mouse, or hears the page, goes on at the step that has appeared.
  if (before) document.querySelector(`#${id} h2`)?.focus()
}

function keyItem({ id, name, is_passwordless: isPasskey }) {
  const item = element('key').content.cloneNode(true)
  const [keyField, nameField] = item.querySelectorAll('input')
  keyField.setAttribute('value', id)
  nameField.setAttribute('value', name)
  item.querySelector('.kind').textContent = isPasskey ? '(passkey)' : '(security key)'
  for (const button of item.querySelectorAll('button')) {
    button.ariaLabel = `${button.textContent} ${name}`
  }
  return item
}

function element(id) {
  return document.getElementById(id)
}

document.addEventListener('submit', async (event) => {
  event.preventDefault()
  const page = document.body
  if (page.ariaBusy === 'true') return
  page.ariaBusy = 'true'
  element('problem').textContent = ''
  element('notice').textContent = ''
  const { do: action, ...fields } = Object.fromEntries(new FormData(event.target, event.submitter))
  await run(action, fields)
  page.ariaBusy = 'false'
})

run()
