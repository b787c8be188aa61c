import { accessSync, constants, readFileSync } from 'node:fs'
import { badOption, countCharacters, type RuleKind } from './rule.ts'

const defaultList = new URL('./common-passwords.txt', import.meta.url)

// What the list, made of passwords people chose where more was asked of them, is too short on.
const trivial = ['12', '21', '123', '321', '012', 'abc', 'cba', 'xyz', 'qwe', 'asd', 'zxc', 'qaz']
const maxRepetitions = 3

/**
 * The password is not one of the 20,000 most common ones, ignoring case and surrounding blanks.
 * `password_list_path` names another list: lower-case, one a line, gzipped or not.
 */
export const commonPassword: RuleKind = {
  name: 'CommonPasswordValidator',
  options: ['password_list_path'],
  create({ password_list_path: path = defaultList }) {
    if (typeof path !== 'string' && path !== defaultList) {
      throw badOption('password_list_path', 'the path of a file', path)
    }
    const source = typeof path === 'string' ? path : defaultList
    requireReadable(source)
    // Reading takes some milliseconds that a start does not need to spend.
    let list: ReadonlySet<string> | undefined
    return function checkNotCommon(password) {
      const candidate = password.trim().toLowerCase()
      list ??= readList(source)
      if (!isTrivial(candidate) && !list.has(candidate)) return undefined
      return { code: 'password_too_common', params: {} }
    }
  },
}

/** One character up to three times, nothing but blanks, or a short run of keys. */
function isTrivial(candidate: string): boolean {
  if (trivial.includes(candidate)) return true
  return new Set(candidate).size <= 1 && countCharacters(candidate) <= maxRepetitions
}

function requireReadable(path: string | URL): void {
  try {
    accessSync(path, constants.R_OK)
  } catch (cause) {
    throw new Error(`option password_list_path: cannot read ${path}`, { cause })
  }
}

function readList(path: string | URL): ReadonlySet<string> {
  const bytes = readFileSync(path)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = (isGzip ? unzip(bytes) : bytes).toString('utf8')
  return new Set(text.split('\n').map((line) => line.trim()))
}

function unzip(bytes: Buffer): Buffer {
  // Loaded only here: most lists are not zipped, and every start would pay for an import.
  return process.getBuiltinModule('node:zlib').gunzipSync(bytes)
}
