// Checks the shape of a source tree: which way imports point, that they form no ring, that slices do
// not reach into each other, who may import which package, and that no file has grown too long.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** What a tree has to look like. */
export interface Shape {
  root: string
  /** Folders and files from the bottom up: a file may import from its own layer or a lower one. */
  layers: readonly (readonly string[])[]
  /** Folders of the slices: what is in one may not import from another. */
  slices: readonly string[]
  /** The only files that may import a package, as patterns. */
  importers: Readonly<Record<string, RegExp>>
  maxLines: number
}

const importLine = /^\s*(?:import|export)\b(?:[^'"]*?\bfrom)?\s*['"]([^'"]+)['"]/gm

/** Everything about the tree that is not as it has to be, a line each. */
export function problems(shape: Shape): string[] {
  const files = globSync('**/*.ts', { cwd: shape.root })
    .filter((file) => !/\.test\.ts$/.test(file) && !/\/testing\//.test(file))
    .sort()
  const imports = new Map(files.map((file) => [file, importsOf(shape.root, file)]))
  const inside = new Map([...imports].map(([file, all]) => [file, relative(file, all)]))
  return [
    ...files.flatMap((file) => tooLong(shape, file)),
    ...[...inside].flatMap(([file, targets]) => wrongWay(shape, file, targets)),
    ...[...inside].flatMap(([file, targets]) => sideways(shape, file, targets)),
    ...[...imports].flatMap(([file, all]) => wrongImporter(shape, file, all)),
    ...rings(inside).map((ring) => `import ring: ${ring.join(' -> ')}`),
  ]
}

function importsOf(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(importLine)].map(([, target = '']) => target)
}

function relative(file: string, targets: readonly string[]): string[] {
  return targets
    .filter((target) => target.startsWith('.'))
    .map((target) => normalize(join(dirname(file), target)))
}

function tooLong({ root, maxLines }: Shape, file: string): string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n').length
  return lines > maxLines ? [`${file}: ${lines} lines (at most ${maxLines})`] : []
}

function wrongWay({ layers }: Shape, file: string, targets: readonly string[]): string[] {
  const here = layerOf(file, layers)
  if (here === -1) return [`${file}: belongs to no layer`]
  return targets
    .filter((target) => layerOf(target, layers) > here)
    .map((target) => `${file}: must not import ${target}, which is above it`)
}

function sideways({ slices }: Shape, file: string, targets: readonly string[]): string[] {
  const own = sliceOf(file, slices)
  if (own === undefined) return []
  return targets
    .filter((target) => (sliceOf(target, slices) ?? own) !== own)
    .map((target) => `${file}: must not import ${target}, which is of another slice`)
}

function wrongImporter({ importers }: Shape, file: string, targets: readonly string[]): string[] {
  return targets.flatMap((target) => {
    const allowed = importers[target]
    return allowed && !allowed.test(file) ? [`${file}: must not import ${target}`] : []
  })
}

/** The most specific folder wins, so `account/login` may stand higher than `account`. */
function layerOf(file: string, layers: Shape['layers']): number {
  const matches = layers.flatMap((folders, layer) =>
    folders
      .filter((folder) => file === folder || file.startsWith(`${folder}/`))
      .map((folder) => ({ layer, length: folder.length })),
  )
  return matches.sort((a, b) => b.length - a.length)[0]?.layer ?? -1
}

function sliceOf(file: string, slices: readonly string[]): string | undefined {
  return slices.find((slice) => file.startsWith(`${slice}/`))
}

function rings(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const done = new Set<string>()
  function walk(file: string, path: readonly string[]): void {
    const start = path.indexOf(file)
    if (start !== -1) found.push([...path.slice(start), file])
    if (start !== -1 || done.has(file)) return
    for (const target of imports.get(file) ?? []) walk(target, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) walk(file, [])
  return found
}
