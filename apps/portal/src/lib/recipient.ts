/** Where the last message went to, to be shown while its code is waited for. Lost with the page. */
let recipient: string | null = null

/** Notes where a message goes to. */
export function noteRecipient(addressOrNumber: string | null): void {
  recipient = addressOrNumber
}

/** Where the last message went to, as far as this page knows. */
export function lastRecipient(): string | null {
  return recipient
}
