import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { loadSettings } from '../../settings/load.ts'
import { isSafeCallback, withError, withParams } from './callback-url.ts'

function isSafe(url: string, overrides: object = {}, host = 'auth.example.org'): boolean {
  const { server } = loadSettings({ overrides }).settings
  return isSafeCallback(url, { header: (name) => (name === 'host' ? host : undefined) }, server)
}

describe('a page to come back to', () => {
  it('may be a path, or on the host that was asked', () => {
    for (const url of [
      '/',
      '/welcome?next=%2Fa#b',
      '/a//b',
      '/a/..',
      'https://auth.example.org/welcome',
      'HTTPS://AUTH.example.org',
      'http://auth.example.org/',
    ]) {
      assert.ok(isSafe(url), url)
    }
  })

  it('is on no other host', () => {
    for (const url of [
      'https://evil.example/',
      'https://auth.example.org.evil.example/',
      'https://evil.example/auth.example.org',
      'https://evil.example#auth.example.org',
      'https://example.org/',
      'https://a.auth.example.org/',
      'https://auth.example.org:8443/',
    ]) {
      assert.equal(isSafe(url), false, url)
    }
  })

  it('is nothing that leads elsewhere once browsers have forgiven what is odd about it', () => {
    for (const url of [
      '',
      ' ',
      'welcome',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      '/\u200b/evil.example',
      ' https://auth.example.org',
      '/..//evil.example',
      '/.//evil.example',
      '/a/../..//evil.example',
      '/%2e%2e//evil.example',
      '/%2E//evil.example',
      'https:evil.example',
      'https:/evil.example',
      'https:///evil.example',
      'https://auth.example.org@evil.example/',
      'https://evil.example@auth.example.org/',
      'https://:@evil.example\\@auth.example.org/',
      'javascript:alert(1)//auth.example.org',
      'data:text/html,x',
      'ftp://auth.example.org/',
      'com.example.app:/signed-in',
      'https://[',
    ]) {
      assert.equal(isSafe(url), false, JSON.stringify(url))
    }
  })

  it('may be on a host that the settings name, whose port counts', () => {
    const settings = {
      PUBLIC_URL: 'https://auth.example.org',
      ALLOWED_HOSTS: ['www.example.org', '.example.net'],
      CSRF_TRUSTED_ORIGINS: ['https://app.example.com:8443', 'https://*.example.dev'],
    }
    for (const url of [
      'https://auth.example.org/a',
      'https://www.example.org/a',
      'https://example.net/a',
      'https://a.b.example.net/a',
      'https://app.example.com:8443/a',
      'https://a.example.dev/a',
    ]) {
      assert.ok(isSafe(url, settings, 'localhost'), url)
    }
    for (const url of [
      'https://app.example.com/a',
      'https://www.example.org:8443/a',
      'https://a.www.example.org/a',
      'https://notexample.net/a',
      'https://example.dev.evil.example/a',
    ]) {
      assert.equal(isSafe(url, settings, 'localhost'), false, url)
    }
  })

  it('is on no host that * alone stands for', () => {
    assert.equal(isSafe('https://evil.example/', { ALLOWED_HOSTS: ['*'] }), false)
  })
})

describe('a page with an error', () => {
  it('keeps its other parameters and the fragment, and has each parameter once', () => {
    assert.equal(
      withError('/a?x=1&error=old#part', 'cancelled', 'connect'),
      '/a?x=1&error=cancelled&error_process=connect#part',
    )
    assert.equal(
      withError('https://app.example.org', 'unknown', 'login'),
      'https://app.example.org/?error=unknown&error_process=login',
    )
  })

  it('stays a path, so that the host is the one of the browser', () => {
    for (const url of ['/', '/a//b', '/a/../b', '/?x']) {
      assert.ok(isSafe(url), url)
      const location = withError(url, 'unknown', 'login')
      assert.equal(new URL(location, 'https://auth.example.org').host, 'auth.example.org', location)
    }
  })

  it('can be one that opens an app', () => {
    assert.equal(
      withParams('com.example.app:/signed-in', { code: 'a b' }),
      'com.example.app:/signed-in?code=a+b',
    )
  })
})
