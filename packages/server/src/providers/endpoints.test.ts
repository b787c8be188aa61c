import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import type { App } from './app.ts'
import { github } from './catalogue/github.ts'
import { google } from './catalogue/google.ts'
import { openidConnect } from './catalogue/openid-connect.ts'
import { configurationUrl, findEndpoints, isIssuer } from './endpoints.ts'
import type { Json } from './json.ts'
import type { Provider } from './provider.ts'
import { ProviderError } from './provider-error.ts'

const issuer = 'https://id.example.org/realm'
const wellKnown = `${issuer}/.well-known/openid-configuration`
const document = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
}

function appOf(provider: Provider, options: App['options'] = {}): App {
  return {
    provider,
    options,
    id: provider.id,
    name: provider.name,
    clientId: 'client',
    audiences: ['client'],
    secret: '',
    key: '',
    isHidden: false,
    scope: [],
    authParams: {},
    usesPkce: true,
    verifiedEmail: false,
    asksEmail: false,
    emailAuthentication: false,
  }
}

/** What is found where the issuer answers this, and which address was asked. */
async function find(serverUrl: string, answered: Json = document) {
  const asked: string[] = []
  const app = appOf(openidConnect, { server_url: serverUrl })
  const endpoints = await findEndpoints(app, async (url) => {
    asked.push(url)
    return answered
  })
  return { endpoints, asked }
}

describe('the endpoints of an issuer', () => {
  it.each([issuer, `${issuer}/`, `${issuer}//`, wellKnown, `${wellKnown}/`])(
    'are found from %s',
    async (serverUrl) => {
      const { endpoints, asked } = await find(serverUrl)
      assert.deepEqual(asked, [wellKnown])
      assert.deepEqual(endpoints, {
        issuer,
        authorization: `${issuer}/authorize`,
        token: `${issuer}/token`,
        profile: `${issuer}/userinfo`,
        jwks: `${issuer}/jwks`,
        algorithms: ['RS256'],
        takesPkce: true,
        clientAuth: undefined,
        namesIssuer: false,
      })
    },
  )

  it('are found by another document below /.well-known/', async () => {
    const other = `${issuer}/.well-known/oauth-authorization-server`
    assert.deepEqual((await find(other)).asked, [other])
  })

  it('name the issuer as it spells itself', async () => {
    const { endpoints } = await find(issuer, { ...document, issuer: `${issuer}/` })
    assert.equal(endpoints.issuer, `${issuer}/`)
  })

  it.each([
    undefined,
    '',
    5,
    'https://id.example.org',
    'https://id.example.org/other',
    'https://id.example.org/realm/sub',
    'https://ID.example.org/realm',
    'http://id.example.org/realm',
    `${issuer}?tenant=1`,
  ])('are not taken from an issuer that names itself %s', async (named) => {
    await assert.rejects(find(issuer, { ...document, issuer: named }), ProviderError)
  })

  it.each([null, [], 'text', 5, {}])('are not found in %j', async (answered) => {
    await assert.rejects(find(issuer, answered), ProviderError)
  })

  it.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])('need %s', async (member) => {
    const gone = { ...document, [member]: undefined }
    await assert.rejects(find(issuer, gone), new RegExp(`has no ${member}`))
  })

  it.each([
    ['authorization_endpoint', 'http://id.example.org/authorize'],
    ['authorization_endpoint', 'javascript:alert(1)'],
    ['authorization_endpoint', '/authorize'],
    ['token_endpoint', 'http://id.example.org/token'],
    ['userinfo_endpoint', 'http://id.example.org/userinfo'],
    ['jwks_uri', 'http://id.example.org/jwks'],
    ['jwks_uri', 'file:///etc/passwd'],
  ])('are not taken where %s is %s', async (member, address) => {
    const wrong = { ...document, [member]: address }
    await assert.rejects(
      find(issuer, wrong),
      new RegExp(`the ${member} of the issuer is no address`),
    )
  })

  it('are by http only where the issuer is', async () => {
    const local = 'http://127.0.0.1:8080'
    const entries = Object.entries(document)
    const plain = Object.fromEntries(entries.map(([key, it]) => [key, it.replace(issuer, local)]))
    assert.equal((await find(local, plain)).endpoints.token, `${local}/token`)
  })

  it('do without userinfo', async () => {
    const { endpoints } = await find(issuer, { ...document, userinfo_endpoint: undefined })
    assert.equal(endpoints.profile, undefined)
  })

  it('take only signatures by a key of the issuer', async () => {
    const algorithmsOf = async (named: Json) => {
      const said = { ...document, id_token_signing_alg_values_supported: named }
      return (await find(issuer, said)).endpoints.algorithms
    }
    const all = ['none', 'HS256', 'RS256', 'PS384', 'ES512', 'EdDSA', 'RS1', 'dir', 5, null]
    assert.deepEqual(await algorithmsOf(all), ['RS256', 'PS384', 'ES512', 'EdDSA'])
    assert.deepEqual(await algorithmsOf(['none', 'HS256']), ['RS256'])
    assert.deepEqual(await algorithmsOf('ES256'), ['RS256'])
  })

  it('go without PKCE only where the issuer names other methods', async () => {
    const takesPkce = async (named: Json) => {
      const said = { ...document, code_challenge_methods_supported: named }
      return (await find(issuer, said)).endpoints.takesPkce
    }
    assert.equal(await takesPkce(undefined), true)
    assert.equal(await takesPkce([]), true)
    assert.equal(await takesPkce(['plain', 'S256']), true)
    assert.equal(await takesPkce(['plain']), false)
  })

  it('say how clients authenticate, and whether answers name the issuer', async () => {
    const { endpoints } = await find(issuer, {
      ...document,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 1],
      authorization_response_iss_parameter_supported: true,
    })
    assert.deepEqual(endpoints.clientAuth, ['client_secret_basic'])
    assert.equal(endpoints.namesIssuer, true)
  })
})

describe('the endpoints of a provider that is known', () => {
  const never = () => assert.fail('nobody is to be asked')

  it('are those of the catalogue', async () => {
    const oauth = await findEndpoints(appOf(github), never)
    assert.equal(oauth.issuer, null)
    assert.equal(oauth.token, 'https://github.com/login/oauth/access_token')
    const openid = await findEndpoints(appOf(google), never)
    assert.equal(openid.issuer, 'https://accounts.google.com')
    assert.ok(openid.jwks?.startsWith('https://www.googleapis.com/'))
  })
})

describe('configurationUrl()', () => {
  it('adds the path unless it is there', () => {
    assert.equal(configurationUrl(issuer), wellKnown)
    assert.equal(configurationUrl(wellKnown), wellKnown)
  })
})

describe('isIssuer()', () => {
  it('takes the very text', async () => {
    const { endpoints } = await find(issuer)
    const app = { provider: openidConnect, options: {} }
    assert.equal(isIssuer(issuer, endpoints, app), true)
    assert.equal(isIssuer(`${issuer}/`, endpoints, app), false)
    assert.equal(isIssuer(undefined, endpoints, app), false)
    assert.equal(isIssuer(issuer, { ...endpoints, issuer: null }, app), false)
  })
})
