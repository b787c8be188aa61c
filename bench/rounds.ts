import { median, medianSample, type Sample } from './figures.ts'

/** Something to take samples of. */
export interface Subject {
  name: string
  measure(): Promise<Sample>
}

/** The samples of each subject, in the order of the rounds. */
export class Rounds {
  readonly #samples: ReadonlyMap<string, readonly Sample[]>

  constructor(samples: ReadonlyMap<string, readonly Sample[]>) {
    this.#samples = samples
  }

  /** The medians of one subject. */
  of(name: string): Sample {
    return medianSample(this.#of(name))
  }

  /** How many times one subject is what another is: the median over the rounds, so that drift cancels. */
  ratio(name: string, other: string, member: keyof Sample = 'perSecond'): number {
    const others = this.#of(other)
    return median(this.#of(name).map((it, round) => it[member] / (others[round]?.[member] ?? 0)))
  }

  #of(name: string): readonly Sample[] {
    const samples = this.#samples.get(name)
    if (!samples) throw new Error(`nothing was measured that is called "${name}"`)
    return samples
  }
}

/** Measures all subjects in turn, round after round; one round before those is only to warm up. */
export async function interleave(rounds: number, subjects: readonly Subject[]): Promise<Rounds> {
  const samples = new Map(subjects.map(({ name }): [string, Sample[]] => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, measure } of subjects) {
      const sample = await measure()
      if (round > 0) samples.get(name)?.push(sample)
    }
  }
  return new Rounds(samples)
}
