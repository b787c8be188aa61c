/** A row for each thing that one node at a time is to do, see `leases.ts`. */
export interface LeaseTable {
  /** What one node at a time does. Primary key. */
  name: string
  /** Random for each process. */
  holder: string
  /** From when on another one may take over. */
  held_until: number
}
