import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts Chromium with a new profile, which is removed when it is closed. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    const advice = 'apt-get install chromium, or set CHROMIUM_PATH'
    throw new Error(`expected Chromium, found nothing at ${executablePath}: ${advice}`)
  }
  return chromium.launch({ executablePath, args: flags })
}
