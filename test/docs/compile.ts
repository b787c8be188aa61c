import { dirname, join } from 'node:path'
import ts from 'typescript'
import { type Block, root, whereIs } from './markdown.ts'

/**
 * What the compiler says against blocks of TypeScript. Each is a module beside its page; one whose note is
 * the name of a file is that file, in a folder of its page, and can import the others of it.
 */
export function compileProblems(blocks: readonly Block[]): string[] {
  const modules = new Map(blocks.map((block, index) => [pathOf(block, index), block]))
  const options = readOptions()
  const host = ts.createCompilerHost(options)
  const folders = new Set([...modules.keys()].map(dirname))
  const { fileExists, directoryExists, getSourceFile } = host
  host.fileExists = (path) => modules.has(path) || fileExists(path)
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true)
  host.getSourceFile = (path, ...rest) => {
    const block = modules.get(path)
    if (!block) return getSourceFile(path, ...rest)
    return ts.createSourceFile(path, block.text, ts.ScriptTarget.Latest)
  }
  const program = ts.createProgram([...modules.keys()], options, host)
  // Of the blocks alone: what they import is checked with the rest of the source.
  const files = [...modules.keys()].map((path) => program.getSourceFile(path))
  const problems = files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ])
  return problems.map((it) => describeProblem(it, modules))
}

/** The options of the repository; a page may declare what it does not use. */
function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root)
  const jsx = ts.JsxEmit.ReactJSX
  return { ...options, jsx, noUnusedLocals: false, noUnusedParameters: false }
}

function pathOf({ page, language, note }: Block, index: number): string {
  if (/\.tsx?$/.test(note)) return join(root, page.replace(/\.md$/, ''), note)
  return join(root, `docs/block-${index}.${language}`)
}

function describeProblem(
  { file, start, messageText }: ts.Diagnostic,
  modules: ReadonlyMap<string, Block>,
): string {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n')
  const block = file && modules.get(file.fileName)
  if (!block || start === undefined) return `${file?.fileName ?? 'the options'}: ${text}`
  const { line } = ts.getLineAndCharacterOfPosition(file, start)
  return `${whereIs({ page: block.page, line: block.line + line })}: ${text}`
}
