import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The address of a Latchkey that runs meanwhile, for `npm run dev`. */
const server = process.env.LATCHKEY_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  // The server writes into `<base>` where the pages are.
  base: './',
  plugins: [react()],
  build: {
    license: { fileName: 'THIRD-PARTY-LICENSES.txt' },
    target: 'es2022',
    // Older browsers than these lack `light-dark()`, whose stand-in would not heed the settings.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { '^/(_allauth|_latchkey|_dev|theme.css)': { target: server, changeOrigin: false } },
  },
})
