import type { components } from '@latchkey/contract'
import type { ClientSettings } from './options.ts'

/** Where somebody goes to a provider for, and where they come back to. */
export type ProviderRedirect = Omit<
  components['schemas']['ProviderRedirect'],
  'csrfmiddlewaretoken'
>

/** Goes to a provider by the form that the server asks for: the browser has to go there itself. */
export function submitRedirect(
  { url }: ClientSettings,
  redirect: ProviderRedirect,
  csrf: string,
): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = `${url}/_allauth/browser/v1/auth/provider/redirect`
  for (const [name, value] of Object.entries({ ...redirect, csrfmiddlewaretoken: csrf })) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
  // Somebody who comes back by the browser's button finds the page as it was.
  form.remove()
}
