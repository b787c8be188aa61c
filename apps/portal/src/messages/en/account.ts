/** The pages of somebody who is signed in. */
export const account = {}
