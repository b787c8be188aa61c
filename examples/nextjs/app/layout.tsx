import type { ReactNode } from 'react'
import { initialState } from '../lib/initial-state.ts'
import { Providers } from './providers.tsx'
import { Who } from './who.tsx'

export const metadata = { title: 'Notes' }

export default async function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers initial={await initialState()}>
          <Who />
          {children}
        </Providers>
      </body>
    </html>
  )
}
