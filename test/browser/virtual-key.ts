import type { CDPSession, Page } from 'playwright-core'

/** What an authenticator keeps of a key, the private half included. */
export interface KeptKey {
  credentialId: string
  isResidentCredential: boolean
  privateKey: string
  rpId?: string
  userHandle?: string
  /** How often it was used; each signature carries it. */
  signCount: number
}

/** An authenticator that Chromium has built in (WebAuthn Level 3 §11.2): it makes keys and signs. */
export interface VirtualAuthenticator {
  keptKeys(): Promise<KeptKey[]>
  /** Puts a key back as it was at some time. */
  putBack(key: KeptKey): Promise<void>
  /** Whether it recognizes its user from now on. */
  recognizeUser(isRecognized: boolean): Promise<void>
  /** Leaves out of what it signs, from now on, that it recognized its user. */
  hideRecognition(isHidden: boolean): Promise<void>
}

/** Gives a page an authenticator like the one in a laptop: passkeys, and a finger that is there. */
export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return authenticatorOf(cdp, authenticatorId)
}

function authenticatorOf(cdp: CDPSession, authenticatorId: string): VirtualAuthenticator {
  return {
    async keptKeys() {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials
    },
    async putBack(credential) {
      const { credentialId } = credential
      await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId })
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
    async recognizeUser(isUserVerified) {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    async hideRecognition(isBadUV) {
      await cdp.send('WebAuthn.setResponseOverrideBits', { authenticatorId, isBadUV })
    },
  }
}
