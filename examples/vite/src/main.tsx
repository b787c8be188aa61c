import { createClient } from '@latchkey/client'
import { AuthProvider } from '@latchkey/client/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

const client = createClient()
const place = document.getElementById('app')
if (!place) throw new Error('index.html: expected an element with the id app')

createRoot(place).render(
  <StrictMode>
    <AuthProvider client={client}>
      <App />
    </AuthProvider>
  </StrictMode>,
)
