/**
 * CI has a limit. On a machine that is too slow for everything, TEST_BRIEFLY_AFTER says from when on to be
 * brief, in seconds since 1970, and then it is told that this is so.
 */
export const isLate = Date.now() / 1000 > Number(process.env.TEST_BRIEFLY_AFTER ?? Infinity)

if (isLate) process.stdout.write('SLOW MACHINE: not all of these tests run\n')
