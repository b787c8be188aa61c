/** Signing in and up. */
export const auth = {}
