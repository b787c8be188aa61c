import type { ReactNode } from 'react'

/** The pages of somebody who is not signed in, by their paths. */
export const authPages: readonly { path: string; element: ReactNode }[] = []
