// In memory; a site of yours has a database for this.
const notes = new Map<string, number>()

export function countNotes(userId: string): number {
  return notes.get(userId) ?? 0
}

export function addNote(userId: string): number {
  const count = countNotes(userId) + 1
  notes.set(userId, count)
  return count
}
