import { isRecord, type Parser, WrongValue } from './parser.ts'
import { jsonFromText } from './parsers.ts'

/** What the pages of the portal paint. */
export type ColorName =
  | 'accent'
  | 'accentText'
  | 'background'
  | 'surface'
  | 'text'
  | 'border'
  | 'danger'
  | 'success'

/** One colour, or one for each scheme. */
export type SchemeColor = string | { readonly light?: string; readonly dark?: string }

export type PortalColors = Readonly<Partial<Record<ColorName, SchemeColor>>>

/** All of them, in the order in which they are written. */
export const colorNames: readonly ColorName[] = [
  'accent',
  'accentText',
  'background',
  'surface',
  'text',
  'border',
  'danger',
  'success',
]

export const portalColors: Parser<PortalColors> = {
  expected: `an object with colours such as "#0a7" or "oklch(60% 0.15 250)" for any of ${colorNames.join(', ')}, or with { light, dark } for them`,
  fromText: jsonFromText,
  parse(value) {
    if (!isRecord(value)) throw new WrongValue(portalColors.expected, value)
    for (const [name, color] of Object.entries(value)) {
      if (!colorNames.some((it) => it === name)) throw new WrongValue(portalColors.expected, name)
      if (!isSchemeColor(color)) throw new WrongValue(portalColors.expected, color)
    }
    return value
  },
}

function isSchemeColor(value: unknown): boolean {
  if (!isRecord(value)) return isColor(value)
  const entries = Object.entries(value)
  const isKnown = entries.every(([scheme]) => scheme === 'light' || scheme === 'dark')
  return isKnown && entries.length > 0 && entries.every(([, color]) => isColor(color))
}

const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i
// CSS Color 4: numbers, angles, percentages and `none`. Nothing here ends a declaration or begins a `url()`.
const part = String.raw`(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:%|deg|grad|rad|turn)?|none)`
const functional = new RegExp(
  String.raw`^(rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*${part}(?:[\s,]+${part}){2}(?:\s*[,/]\s*${part})?\s*\)$`,
  'i',
)

function isColor(value: unknown): boolean {
  return typeof value === 'string' && (hex.test(value) || functional.test(value))
}
