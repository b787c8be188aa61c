import type { ProviderOptions } from './provider.ts'

/** An address among the options, without slashes at its end; `otherwise` where it is not given. */
export function urlOption(options: ProviderOptions, key: string, otherwise: string): string {
  return textOption(options, key, otherwise).replace(/(?<!\/)\/+$/, '')
}

/** What is wrong with an address that has to be given; undefined where nothing is. */
export function checkUrlOption(options: ProviderOptions, key: string): string | undefined {
  return URL.canParse(urlOption(options, key, '')) ? undefined : `${key}: expected an address`
}

/** Text among the options; `otherwise` where it is not given. */
export function textOption(options: ProviderOptions, key: string, otherwise: string): string {
  const value = options[key]
  return typeof value === 'string' && value !== '' ? value : otherwise
}

/** Whether an option is on; `otherwise` where it is not given. */
export function flagOption(options: ProviderOptions, key: string, otherwise: boolean): boolean {
  const value = options[key]
  return typeof value === 'boolean' ? value : otherwise
}

/** Texts among the options; `otherwise` where they are not given. */
export function listOption(
  options: ProviderOptions,
  key: string,
  otherwise: readonly string[],
): readonly string[] {
  const value = options[key]
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : otherwise
}
