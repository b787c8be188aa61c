import { useConfiguration } from '../lib/configuration.tsx'

/** Whose pages these are. */
export function Brand() {
  const { portal } = useConfiguration()
  return (
    <header className="brand">
      {portal.logo_url ? <img src={portal.logo_url} alt={portal.name} /> : portal.name}
    </header>
  )
}
