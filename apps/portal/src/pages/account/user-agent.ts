/** What a `User-Agent` header says of whoever sent it. */
export interface Agent {
  program: string | null
  system: string | null
}

type Names = readonly (readonly [RegExp, string])[]

/** In this order: most browsers also name those that they want to be treated like. */
const programs: Names = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPT|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\bDuckDuckGo\//, 'DuckDuckGo'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/\S+ .*Safari\//, 'Safari'],
]

const systems: Names = [
  [/\biPhone\b|\biPod\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/** Tells program and system in the names that people know them by. */
export function readUserAgent(userAgent: string): Agent {
  const program = nameIn(programs, userAgent)
  // Programs that are no browsers begin with their own name, such as `curl/8.5`.
  const [, own] = /^([^/\s]{1,40})(?:\/|$)/.exec(userAgent) ?? []
  const other = own !== undefined && own !== 'Mozilla' ? own : null
  return { program: program ?? other, system: nameIn(systems, userAgent) }
}

function nameIn(names: Names, userAgent: string): string | null {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
}
