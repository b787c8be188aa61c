/** Tells password managers whose password stands in the form; nobody else sees or reaches it. */
export function UsernameOf({ name }: { name: string }) {
  return (
    <input
      className="hidden"
      type="text"
      name="username"
      autoComplete="username"
      value={name}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  )
}
