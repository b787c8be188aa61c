import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { isLocalName, isPublicAddress } from './addresses.ts'

const special = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.255',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.168.0.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:9.9.9.9',
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b::10.255.0.1',
  '64:ff9b:1::9.9.9.9',
  '100::1',
  '2001::1',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '2620:4f:8000::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  '2606:4700::1%eth0',
  'fec0::1',
  'ff02::1',
  '',
  '127.1',
  'example.org',
]

const usual = [
  '1.1.1.1',
  '9.9.9.9',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.1',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2003::1',
  '2606:4700::1111',
  '2a00:1450:4001:80b::200e',
  '64:ff9b::9.9.9.9',
]

describe('isPublicAddress', () => {
  it.each(special)('says no to %s', (address) => {
    assert.equal(isPublicAddress(address), false)
  })

  it.each(usual)('says yes to %s', (address) => {
    assert.equal(isPublicAddress(address), true)
  })
})

describe('isLocalName', () => {
  it.each(['localhost', 'localhost.', 'LocalHost', 'a.localhost', 'a.b.localhost.'])(
    'says yes to %s',
    (name) => assert.equal(isLocalName(name), true),
  )

  it.each(['notlocalhost', 'localhost.example.org', 'example.org', 'localhosts'])(
    'says no to %s',
    (name) => assert.equal(isLocalName(name), false),
  )
})
