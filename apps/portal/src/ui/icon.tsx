/** Drawn on a square of 24, by lines. */
const paths = {
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z M12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6Z',
  'eye-off':
    'M4 4l16 16 M9.5 6a9 9 0 0 1 2.5-.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.3 M6.3 7.8A15 15 0 0 0 2.5 12s3.5 6.5 9.5 6.5a9 9 0 0 0 4-.900 M10 10a2.8 2.8 0 0 0 4 4',
  key: 'M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z M11.3 11.3l8.2 8.2 M16 16l2.2-2.2 M19.5 19.5l-2 1.5',
  mail: 'M3.5 6.5h17v11h-17z M3.5 7l8.5 6.5L20.5 7',
} as const

/** A small picture beside words, which say all that it says. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
