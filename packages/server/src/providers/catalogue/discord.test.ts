import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { discord } from './discord.ts'

describe('discord', () => {
  // https://docs.discord.com/developers/resources/user#user-object
  const user = {
    id: '80351110224678912',
    username: 'nelly',
    global_name: 'Nelly',
    email: 'nelly@discord.com',
    verified: true,
  }

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(discord.readProfile(user, {}), {
      uid: '80351110224678912',
      emails: [{ email: 'nelly@discord.com', isVerified: true, isPrimary: true }],
      username: 'nelly',
      name: 'Nelly',
      label: 'nelly',
    })
  })

  it.each([[false], ['true'], [1], [undefined]])('takes verified %o for unverified', (verified) => {
    const { emails } = discord.readProfile({ ...user, verified }, {})
    assert.equal(emails[0]?.isVerified, false)
  })

  it('reads a profile without an address, and none without an id', () => {
    assert.deepEqual(discord.readProfile({ ...user, email: null }, {}).emails, [])
    assert.throws(() => discord.readProfile({ username: 'nelly' }, {}), ProviderError)
  })
})
