import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const target = process.env.LATCHKEY_URL ?? 'http://localhost:8000'

/**
 * The server, at the same address as the pages, so that its cookie is theirs. It sees that address too, or it
 * would take what the pages ask for that of another site.
 */
const proxy = { '^/(_allauth|accounts)/': { target, changeOrigin: false } }

export default defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
})
