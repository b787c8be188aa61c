/** Settings that the server cannot start with. The message lists every problem. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options?: ErrorOptions) {
    const list = problems.map((problem) => `\n  - ${problem}`).join('')
    super(`${problems.length === 1 ? 'A setting is' : 'Some settings are'} wrong:${list}`, options)
    this.problems = problems
  }
}
