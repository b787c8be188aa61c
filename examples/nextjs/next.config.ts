import type { NextConfig } from 'next'

const config: NextConfig = {
  // It reads files beside it and loads native code, so Node.js loads it as it is.
  serverExternalPackages: ['latchkey'],
  // Types are checked with those of the rest of the repository: `npm run check`.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
}

export default config
