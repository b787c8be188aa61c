// No session is ever signed in to a user whose required stages were not all passed in that session's
// login, whatever the order, repetition, interleaving or parallelism: random commands of several
// users over random settings, against the model in model.ts.
//
// A failure prints seed and path: `LATCHKEY_SEED=… LATCHKEY_PATH=… npx vitest run stages` plays it again,
// `LATCHKEY_RUNS=1000` plays longer.
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type Command, type Deed, deeds, play } from './commands.ts'
import { someProfile, someSettings, someSimpleProfile } from './settings.ts'
import { start } from './start.ts'

const runs = Number(process.env.LATCHKEY_RUNS ?? 40)
const seed = process.env.LATCHKEY_SEED
const path = process.env.LATCHKEY_PATH
const longestRun = 100
const secondsToShrink = 90

const someCommand: fc.Arbitrary<Command> = fc.record(
  {
    do: fc.oneof(
      ...Object.entries(deeds).map(([deed, [weight]]) => ({
        weight,
        arbitrary: fc.constant(deed as Deed),
      })),
    ),
    // Unevenly, so that much happens in the same place.
    session: fc.constantFrom(0, 0, 0, 1, 1, 2, 2, 3),
    user: fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4),
    choice: fc.nat(7),
  },
  { noNullPrototype: true },
)

const severalCommands = fc.array(someCommand, { minLength: 2, maxLength: 3 })

/** The same in several sessions, or several times in one. */
const oneCommandManyTimes = fc
  .tuple(
    someCommand,
    fc.constantFrom<Deed>(
      'take the next step',
      'take the next step',
      'log in',
      'take a wrong step',
    ),
    fc.constantFrom([0, 2], [1, 3], [0, 1, 2], [0, 0], [1, 1]),
  )
  .map(([command, deed, sessions]) =>
    sessions.map((session) => ({ ...command, do: deed, session })),
  )

/** Commands that are sent at once: mostly a single one. */
const someStep = fc.oneof(
  { weight: 10, arbitrary: fc.tuple(someCommand) },
  { weight: 1, arbitrary: severalCommands },
  { weight: 1, arbitrary: oneCommandManyTimes },
)

const everything = fc.asyncProperty(
  someSettings,
  fc.tuple(someProfile, someProfile, someSimpleProfile),
  fc.noBias(fc.array(someStep, { maxLength: longestRun, size: 'max' })),
  async (settings, profiles, steps) => {
    const world = await start(settings, profiles)
    try {
      for (const step of steps) {
        await world.play(step.map((command) => () => play(world, command)))
      }
    } finally {
      await world.auth.close()
    }
  },
)

describe('a session', () => {
  it('is signed in to nobody whose stages were not all passed', {
    timeout: 3_600_000,
  }, async () => {
    await fc.assert(everything, {
      numRuns: runs,
      interruptAfterTimeLimit: secondsToShrink * 1000 * Math.max(1, runs / 40),
      ...(seed !== undefined && { seed: Number(seed) }),
      ...(path !== undefined && { path }),
    })
  })
})
