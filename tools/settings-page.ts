// Writes docs/settings.md from the doc comments of the settings. With --check it only tells whether
// the page is up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type Definition, definitions } from '../packages/server/src/settings/definitions.ts'
import { aliases, earlierNames } from '../packages/server/src/settings/earlier-names.ts'
import { type Group, groups } from '../packages/server/src/settings/names.ts'
import { withoutEffect } from '../packages/server/src/settings/without-effect.ts'
import {
  type DocumentedMember,
  type NamedType,
  readSettingsSource,
  type SettingsPart,
} from './settings-source.ts'

export const pagePath = join(import.meta.dirname, '../docs/settings.md')

const headings: Record<Group, string> = {
  account: 'Accounts (`account`, `ACCOUNT_…`)',
  headless: 'The API (`headless`, `HEADLESS_…`)',
  mfa: 'Second factors (`mfa`, `MFA_…`)',
  portal: 'The portal (`portal`, `PORTAL_…`)',
  socialaccount: 'Providers (`socialaccount`, `SOCIALACCOUNT_…`)',
  usersessions: 'Sessions of a user (`usersessions`, `USERSESSIONS_…`)',
  server: 'The server (`server`, no prefix)',
}

const introduction = `<!-- Written by tools/settings-page.ts from packages/server/src/settings. Do not edit. -->

# Settings

Every setting has a default, and the defaults are safe; only \`SECRET_KEY\` has to be set. A setting
has two spellings: \`account.emailVerification\` in a file is \`ACCOUNT_EMAIL_VERIFICATION\` in the
environment. Where the same setting is given more than once, the last of these wins:

1. the default
2. the file \`latchkey.config.ts\`, \`.js\`, \`.mjs\` or \`.json\` in the working folder
3. an environment variable
4. the environment variable \`SETTINGS\`, a JSON object with names of the environment
5. what a program passes to \`loadSettings\` as overrides

\`\`\`ts
// latchkey.config.ts
import { defineSettings } from 'latchkey'

export const settings = defineSettings({
  account: { emailVerification: 'mandatory', emailVerificationByCodeEnabled: true },
  server: { publicUrl: 'https://auth.example.com' },
})
\`\`\`

\`\`\`sh
ACCOUNT_EMAIL_VERIFICATION=mandatory
ACCOUNT_LOGIN_METHODS=email,username
ACCOUNT_RATE_LIMITS='{"login":"10/m/ip"}'
\`\`\`

In the environment a list is separated by commas or written as JSON, an object is JSON, \`true\`,
\`yes\`, \`on\` and \`1\` are true, \`false\`, \`no\`, \`off\` and \`0\` are false, and \`null\` is null. A variable
that is empty counts as not set, except where any text is accepted. A file can use the names of the
environment as well.

An unknown name, a wrong value or settings that contradict each other keep the server from starting;
the message lists everything that is wrong. Settings that make the server less safe are listed at
every start.
`

/** The whole page. */
export function settingsPage(): string {
  const { parts, types } = readSettingsSource()
  const sections = groups.map((group) => groupSection(group, parts, types))
  return [introduction, ...sections, shapes(parts, types), earlierSection(), uselessSection()].join(
    '\n',
  )
}

/** A default the way it would be written in a settings file. */
export function shownDefault({ parser, defaultValue }: Definition): string {
  const given = parser.show ? parser.show(defaultValue) : defaultValue
  return inspect(given, { breakLength: Number.POSITIVE_INFINITY, depth: null }).replaceAll(
    /(?<=\[) | (?=\])/g,
    '',
  )
}

function groupSection(
  group: Group,
  parts: readonly SettingsPart[],
  types: readonly NamedType[],
): string {
  const own = parts.filter((part) => part.group === group)
  const texts = own.map(({ doc, members }) => {
    const settings = members.map((member) => setting(group, member, types))
    return [`### ${doc.replace(/\.$/, '')}\n`, ...settings].join('\n')
  })
  return [`## ${headings[group]}\n`, ...texts].join('\n')
}

function setting(group: Group, member: DocumentedMember, types: readonly NamedType[]): string {
  const definition = definitions.find((it) => it.group === group && it.key === member.key)
  if (definition === undefined) throw new Error(`${group}.${member.key} has no parser`)
  const lines = [
    `#### \`${definition.flat}\`\n`,
    `\`${definition.path}\`: \`${spelledOut(member.type, types)}\`\\`,
    `Default: \`${shownDefault(definition)}\`\\`,
    `Takes ${definition.parser.expected}.\n`,
    ...(member.deprecated ? [`**${member.deprecated}**\n`] : []),
    `${member.doc}\n`,
  ]
  return lines.join('\n')
}

/** Puts the words in place of types that only list words. */
function spelledOut(type: string, types: readonly NamedType[]): string {
  return type
    .replaceAll('readonly ', '')
    .replaceAll(/\b[A-Z]\w+\b(\[\])?/g, (name, list: string | undefined) => {
      const found = types.find((it) => it.isWords && it.name === name.replace('[]', ''))
      if (found === undefined) return name
      const words = found.source.replace(/^type \w+ =\s*\|?\s*/, '').replaceAll(/\s*\n\s*/g, ' ')
      return list ? `(${words})[]` : words
    })
}

/** The types that the settings above name but do not spell out. */
function shapes(parts: readonly SettingsPart[], types: readonly NamedType[]): string {
  const named = new Set<string>()
  const texts = parts.flatMap(({ members }) => members.map(({ type }) => spelledOut(type, types)))
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const { name, source } of types) {
      if (named.has(name) || !new RegExp(`\\b${name}\\b`).test(text)) continue
      named.add(name)
      texts.push(source)
    }
  }
  const code = types.filter(({ name }) => named.has(name)).map(({ source }) => source)
  return [
    '## Types\n',
    'Settings are kept in these shapes. What is given may be shorter, as each setting says.\n',
    `\`\`\`ts\n${code.join('\n\n')}\n\`\`\`\n`,
  ].join('\n')
}

function earlierSection(): string {
  const earlier = [...earlierNames].map(([name, { replacement }]) => [name, replacement])
  const entries = [...earlier, ...aliases].map(([name, now]) => `- \`${name}\`: \`${now}\``)
  return [
    '## Earlier names\n',
    'These are still read. The setting that took the place of one counts more than it does.\n',
    ...entries,
    '',
  ].join('\n')
}

function uselessSection(): string {
  return [
    '## Without effect\n',
    'These settings of the original are accepted and do nothing.\n',
    ...[...withoutEffect].map(([name, reason]) => `- \`${name}\`: ${reason}`),
    '',
  ].join('\n')
}

if (import.meta.main) {
  const page = settingsPage()
  if (!process.argv.includes('--check')) writeFileSync(pagePath, page)
  else if (readFileSync(pagePath, 'utf8') !== page) {
    console.error('docs/settings.md is not up to date: run node tools/settings-page.ts')
    process.exitCode = 1
  }
}
