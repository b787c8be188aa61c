import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server, at the same address as the pages: so its cookie is theirs. */
const proxy = { '^/(_allauth|accounts)/': process.env.LATCHKEY_URL ?? 'http://localhost:8000' }

export default defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
})
