import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { setPriority } from 'node:os'

/** How much less the system minds them than the thread that answers requests; the most would be 19. */
const niceness = 10
const tasks = '/proc/self/task'

/**
 * Has the threads that hash passwords give way to the one that answers requests, where threads have
 * priorities of their own (Linux). Elsewhere nothing happens. It is for a process that does nothing else:
 * the threads are those of everything that Node does beside its own.
 */
export async function hashInBackground(): Promise<void> {
  try {
    // Reading a folder is work for one of these threads, and with the first of them all are there.
    for (const thread of await readdir(tasks)) {
      const name = readFileSync(`${tasks}/${thread}/comm`, 'utf8')
      if (name.startsWith('libuv-worker')) setPriority(Number(thread), niceness)
    }
  } catch {
    // Another system, or one that lets nobody see the threads: all share the processors evenly then.
  }
}
