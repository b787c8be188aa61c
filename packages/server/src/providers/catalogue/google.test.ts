import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { google } from './google.ts'

describe('google', () => {
  it('has the addresses of its discovery document', () => {
    // https://accounts.google.com/.well-known/openid-configuration
    assert.equal(google.issuer({}), 'https://accounts.google.com')
    assert.equal(google.metadata?.({}).token, 'https://oauth2.googleapis.com/token')
  })

  it('has its own addresses where the settings name them', () => {
    const options = {
      id_token_issuer: 'https://id.example.org',
      certs_url: 'https://id.example.org/certs',
    }
    assert.equal(google.issuer(options), 'https://id.example.org')
    assert.equal(google.metadata?.(options).jwks, 'https://id.example.org/certs')
  })
})
