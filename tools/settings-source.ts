// Reads the settings' interfaces as TypeScript: what each member says about itself.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { definitions } from '../packages/server/src/settings/definitions.ts'
import { type Group, groups } from '../packages/server/src/settings/names.ts'

const settingsFolder = join(import.meta.dirname, '../packages/server/src/settings')

/** One interface of settings. */
export interface SettingsPart {
  group: Group
  doc: string
  members: readonly DocumentedMember[]
}

/** One setting as its interface declares it. */
export interface DocumentedMember {
  key: string
  type: string
  doc: string
  /** The text after `@defaultValue`, if there is one. */
  defaultValue: string | undefined
  /** The text after `@deprecated`, if there is one. */
  deprecated: string | undefined
}

/** A type that settings have, apart from those of TypeScript itself. */
export interface NamedType {
  name: string
  source: string
  /** Whether it only lists words, so that it can be put in place of its name. */
  isWords: boolean
}

export interface SettingsSource {
  parts: readonly SettingsPart[]
  types: readonly NamedType[]
}

export function readSettingsSource(): SettingsSource {
  const names = globSync('*.ts', { cwd: settingsFolder }).filter((it) => !it.endsWith('.test.ts'))
  const files = names.sort().map((name) => {
    const text = readFileSync(join(settingsFolder, name), 'utf8')
    return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  })
  const parts = files.flatMap(partsOf)
  return { parts: parts.sort((a, b) => position(a) - position(b)), types: files.flatMap(typesOf) }
}

/** Where a part stands in the settings themselves. */
function position({ group, members }: SettingsPart): number {
  return definitions.findIndex((it) => it.group === group && it.key === members[0]?.key)
}

function partsOf(file: ts.SourceFile): SettingsPart[] {
  const group = groups.find((it) => new RegExp(`^${it}[-.]`).test(file.fileName))
  if (group === undefined) return []
  return file.statements
    .filter((it) => ts.isInterfaceDeclaration(it))
    .filter((it) => it.name.text.endsWith('Settings') && it.members.length > 0)
    .map((it) => ({ group, doc: docOf(it), members: it.members.flatMap(memberOf) }))
}

function memberOf(member: ts.TypeElement): DocumentedMember[] {
  if (!ts.isPropertySignature(member) || member.type === undefined) return []
  return [
    {
      key: member.name.getText(),
      type: member.type.getText().replaceAll(/\s*\n\s*/g, ' '),
      doc: docOf(member),
      defaultValue: tagOf(member, 'defaultValue'),
      deprecated: tagOf(member, 'deprecated'),
    },
  ]
}

function typesOf(file: ts.SourceFile): NamedType[] {
  return file.statements
    .filter((it) => ts.isInterfaceDeclaration(it) || ts.isTypeAliasDeclaration(it))
    .map((it) => ({
      name: it.name.text,
      source: it.getText().replace(/^export /, ''),
      isWords: ts.isTypeAliasDeclaration(it) && isWords(it.type),
    }))
}

function isWords(type: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(type) || (ts.isUnionTypeNode(type) && type.types.every(isWords))
}

function docOf(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).find((it) => ts.isJSDoc(it))?.comment
  return (ts.getTextOfJSDocComment(comment) ?? '').replaceAll(/\s*\n\s*/g, ' ')
}

function tagOf(node: ts.Node, name: string): string | undefined {
  const tag = ts.getJSDocTags(node).find((it) => it.tagName.text === name)
  return (
    tag &&
    ts
      .getTextOfJSDocComment(tag.comment)
      ?.replaceAll(/\s*\n\s*/g, ' ')
      .trim()
  )
}
