import { useConfiguration } from '../../../lib/configuration.tsx'

/** Whose pages these are, within the head of a page. */
export function Site() {
  const { portal } = useConfiguration()
  return (
    <div className="brand">
      {portal.logo_url ? <img src={portal.logo_url} alt={portal.name} /> : portal.name}
    </div>
  )
}
