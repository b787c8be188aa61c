import type { Command } from './command.ts'

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return `Latchkey: accounts and sessions for your own apps.

Usage: latchkey <command> [options]

${lines.join('\n')}

latchkey <command> --help says more, latchkey --version which version this is. Settings come from latchkey.config.ts or .json in the working
folder and from the environment; docs/settings.md lists them.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong settings.
`
}

/** What one command does and takes. */
export function helpFor({ name, help, options }: Command): string {
  const entries = Object.entries({ ...options, help: { type: 'boolean', help: 'Print this.' } })
  const shown = entries.map(([option, { type, help: text }]) => {
    const word = type === 'string' ? `--${option} <text>` : `--${option}`
    return `  ${word.padEnd(24)}${text}`
  })
  return `Usage: latchkey ${name} [options]

${help}

${shown.join('\n')}
`
}
