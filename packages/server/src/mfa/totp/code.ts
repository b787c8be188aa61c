import { Secret, TOTP } from 'otpauth'
import { equalText } from '../../crypto/hash.ts'

/** What an authenticator app is set up with, and what its codes are made from. */
export interface TotpKey {
  /** base32 */
  secret: string
  digits: number
  /** In seconds. */
  period: number
}

const secretBytes = 20

/** A secret of 160 random bits (RFC 4226 §4, R6), as base32. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32
}

/**
 * The time steps whose code it is (RFC 6238 §4), the one closest to now first; at most `tolerance`
 * steps away from now.
 */
export function matchingSteps(
  { secret, digits, period }: TotpKey,
  code: string,
  { now, tolerance }: { now: number; tolerance: number },
): number[] {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits, period })
  const current = Math.floor(now / 1000 / period)
  const steps = [current]
  for (let away = 1; away <= tolerance; away += 1) steps.push(current - away, current + away)
  // Each is compared, or the time tells how far a clock is off.
  return steps.filter((step) => equalText(totp.generate({ timestamp: step * period * 1000 }), code))
}

/** The address that an authenticator app takes as a QR code: what is not its default is spelt out. */
export function totpUrl(
  { secret, digits, period }: TotpKey,
  label: string,
  issuer: string,
): string {
  const params = new URLSearchParams({ secret, issuer })
  if (digits !== 6) params.set('digits', String(digits))
  if (period !== 30) params.set('period', String(period))
  // Apps read a plus sign as it stands.
  const query = params.toString().replaceAll('+', '%20')
  return `otpauth://totp/${encodeURIComponent(label)}?${query}`
}
