/** What every message says about its sender. */
export interface Site {
  /** As users know it, such as `Acme`. */
  siteName: string
  /** Begins the subject of every mail. Null or absent: the site's name ends it. */
  subjectPrefix?: string | null
}
