/** What a user agent header says, as far as people know it. */
export interface Device {
  app: string | undefined
  system: string | undefined
}

// Many browsers name the ones they descend from, so the special ones come first.
const apps: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/i, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\b(?:Mac OS X|Macintosh|macOS)\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/i, 'Linux'],
]

/**
 * Reads a user agent header. The header itself never gets into a mail: whoever sent the request
 * wrote it, and could write a link or a demand into it.
 */
export function describeDevice(userAgent: string): Device {
  const text = userAgent.slice(0, 500)
  const app = apps.find(([pattern]) => pattern.test(text))?.[1]
  return {
    app: app ?? /^([A-Za-z][A-Za-z\d-]{1,30})\//.exec(text)?.[1]?.replace('Mozilla', 'Browser'),
    system: systems.find(([pattern]) => pattern.test(text))?.[1],
  }
}
