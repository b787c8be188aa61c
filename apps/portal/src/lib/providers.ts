import { useConfiguration } from './configuration.tsx'

/** The providers that somebody can be sent to. Several apps of one are one way to it. */
export function useProviders() {
  const { socialaccount } = useConfiguration()
  const apps = socialaccount?.providers ?? []
  return apps.filter(
    ({ id, flows }, at) =>
      flows.includes('provider_redirect') && apps.findIndex((it) => it.id === id) === at,
  )
}
