import { AuthProvider } from '@latchkey/client/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './app.tsx'
import { basePath, client } from './lib/client.ts'
import { ConfigurationProvider } from './lib/configuration.tsx'
import { LanguageProvider } from './lib/language.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import './styles/base.css'
import './styles/forms.css'
import './styles/layout.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html: expected an element with the id "root"')

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <AuthProvider client={client}>
        <ConfigurationProvider>
          <BrowserRouter basename={basePath}>
            <ErrorBoundary>
              <App />
            </ErrorBoundary>
          </BrowserRouter>
        </ConfigurationProvider>
      </AuthProvider>
    </LanguageProvider>
  </StrictMode>,
)
