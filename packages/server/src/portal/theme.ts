import { colorNames, type SchemeColor } from '../settings/colors.ts'
import type { PortalSettings } from '../settings/settings.ts'

/**
 * The colours of the settings as custom properties, such as `--latchkey-accent-text`. The selector counts
 * for more than that of the pages, wherever their own style sheet stands.
 */
export function themeSheet({ colorScheme, colors }: PortalSettings): string {
  const declared = (pick: (color: SchemeColor) => string | undefined) =>
    colorNames.flatMap((name) => {
      const color = colors[name]
      const picked = color === undefined ? undefined : pick(color)
      return picked === undefined ? [] : [`--latchkey-${kebab(name)}: ${picked};`]
    })
  const inBoth = declared((color) => (typeof color === 'string' ? color : undefined))
  const inOne = (scheme: 'light' | 'dark') =>
    declared((color) => (typeof color === 'string' ? undefined : color[scheme]))
  const always = [`color-scheme: ${colorScheme};`, ...inBoth]
  if (colorScheme !== 'light dark') return rule([...always, ...inOne(colorScheme)])
  const asked = (['light', 'dark'] as const).map((scheme) => {
    const own = inOne(scheme)
    return own.length === 0 ? '' : `@media (prefers-color-scheme: ${scheme}) {\n${rule(own)}}\n`
  })
  return rule(always) + asked.join('')
}

function rule(declarations: readonly string[]): string {
  return `:root:root {\n${declarations.map((it) => `  ${it}\n`).join('')}}\n`
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
