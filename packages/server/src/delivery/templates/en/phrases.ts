/** `1 minute`, `15 minutes`. */
export function inMinutes(minutes: number): string {
  return counted(minutes, 'minute')
}

/** `1 day`, `3 days`. */
export function inDays(days: number): string {
  return counted(days, 'day')
}

/** `14 March 2027 at 09:05 UTC`. */
export function atTime(at: Date): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${at.toLocaleString('en-GB', options)} UTC`
}

function counted(amount: number, unit: string): string {
  const whole = Math.max(1, Math.round(amount))
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`
}
