/** Whoever has an address or number already, as far as others have to do with them. */
export interface Holder {
  /** The language that they have chosen for messages; null where none. */
  language: string | null
}
