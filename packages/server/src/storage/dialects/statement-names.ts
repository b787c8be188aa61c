const mostNames = 1000

/** Names of prepared statements: the same for the same text, and none once there are too many texts. */
export function createStatementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= mostNames) return known
    const name = `latchkey_${names.size}`
    names.set(text, name)
    return name
  }
}
