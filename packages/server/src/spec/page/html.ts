import { escapeHtml } from '../../delivery/templates/escape-html.ts'

/** Markup; text becomes markup by `html` alone, which escapes it. */
export interface Html {
  readonly markup: string
}

export const nothing: Html = { markup: '' }

/** Markup with values in it: text is escaped, markup stays, lists are joined. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (Html | string | number | readonly Html[])[]
): Html {
  const filled = parts.map((part, index) => part + markupOf(values[index] ?? ''))
  return { markup: filled.join('') }
}

function markupOf(value: Html | string | number | readonly Html[]): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}

/** Markup where there is something to show. */
export function when<T>(value: T | undefined | null | '' | false, show: (value: T) => Html): Html {
  return value === undefined || value === null || value === '' || value === false
    ? nothing
    : show(value)
}
