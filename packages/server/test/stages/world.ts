// A real server with a few people and sessions: plays commands, notes what they have proved, and
// holds what the sessions are against the model.
import type { TestAuth } from '../../src/testing/auth.ts'
import { type TestAnswer, TestClient } from '../../src/testing/client.ts'
import type { Login, Rules } from './model.ts'
import { begin, end, missing, objection, see } from './model.ts'
import type { Person, Played, Secret, Slot } from './people.ts'
import { isAccepted, isReplaced, stageOf, takeOver } from './people.ts'

/** What makes a browser trusted. */
interface Trust {
  people: readonly Person[]
  seals: readonly string[]
  expiresAt: number
}

export class World {
  readonly people: Person[] = []
  readonly slots: Slot[]
  readonly secrets: Secret[] = []
  readonly auth: TestAuth
  readonly rules: Rules
  /** What happened so far, a line for each command. */
  trace: string[] = []
  /** Whether several commands are under way: time then stands still. */
  isCrowded = false
  readonly #trusts = new Map<string, Trust>()
  #step = 0
  #passwords = 0

  constructor(auth: TestAuth, rules: Rules) {
    this.auth = auth
    this.rules = rules
    this.slots = (['browser', 'app', 'browser', 'app'] as const).map((kind, index) => ({
      name: `${kind}${index}`,
      client: auth.client(kind),
      user: null,
      logins: [],
      stage: undefined,
      challenges: [],
      lastChallenge: '',
    }))
  }

  get now(): number {
    return this.auth.clock.now
  }

  get settings() {
    return this.auth.server.settings
  }

  /**
   * Plays commands, several at once, and looks at every session.
   * @throws Error where one is signed in that must not be
   */
  async play(commands: readonly (() => Promise<Played>)[]): Promise<void> {
    this.#step += 1
    this.isCrowded = commands.length > 1
    const cookies = new Map(this.slots.map((slot) => [slot, this.#trustsOf(slot)]))
    const played = await Promise.all(commands.map((command) => command()))
    for (const { slot, text, answer } of played) {
      this.trace.push(`${this.#step}. ${slot.name}: ${text} -> ${inShort(answer)}`)
    }
    const accepted = played.filter(({ answer }) => isAccepted(answer))
    for (const { slot, begins } of accepted) {
      if (begins) begin(slot, this.#login(begins), isAlone(played, slot))
    }
    const changed = await this.#lookAtPeople(accepted)
    for (const { slot, proves } of accepted) proves?.(isAlone(played, slot))
    for (const person of changed) this.#endOthers(person, accepted)
    for (const slot of this.slots) this.#noteTrust(slot, cookies.get(slot) ?? [])
    await this.#collectSecrets(played)
    for (const slot of this.slots) await this.#look(slot, isAlone(played, slot))
  }

  #login({ user, way }: NonNullable<Played['begins']>): Login {
    const passwordHash = user?.passwordHash ?? null
    const started = { startedAt: this.now, startedInStep: this.#step }
    return { user, way, passwordHash, ...started, proofs: new Set(), isTrusted: false }
  }

  /** Reads what people have now. Returns whose password has changed. */
  async #lookAtPeople(played: readonly Played[]): Promise<Person[]> {
    const before = new Map(this.people.map((it) => [it, it.passwordHash]))
    await this.lookAtPeople()
    const changed = this.people.filter((it) => it.passwordHash !== before.get(it))
    for (const person of changed) {
      const password = await this.#findPassword(person, played)
      if (password === undefined) this.fail(`a new password of ${person.name} came from nowhere`)
      if (password !== person.passwords.at(-1)) person.passwords.push(password)
      person.isPasswordDoubtful = false
    }
    return changed
  }

  /** Reads what people have now. */
  async lookAtPeople(): Promise<void> {
    const { db } = this.auth.server
    const users = await db
      .selectFrom('users')
      .innerJoin('email_addresses', 'email_addresses.user_id', 'users.id')
      .select(['users.id', 'users.password_hash', 'email_addresses.email'])
      .execute()
    const authenticators = await db
      .selectFrom('authenticators')
      .select(['id', 'number', 'type', 'is_factor', 'user_id'])
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    for (const { id, email, password_hash: passwordHash } of users) {
      const own = authenticators.filter((it) => it.user_id === id)
      const stored = own.map((it) => ({ ...it, isFactor: it.is_factor === 1 }))
      const person = this.people.find((it) => it.email === email)
      if (person) takeOver(person, { passwordHash, authenticators: stored })
    }
  }

  /** Which of the passwords that were set at once is the one that holds. */
  async #findPassword(person: Person, played: readonly Played[]) {
    const given = played.flatMap(({ sets }) => (sets?.person === person ? [sets.password] : []))
    if (given.length <= 1) return given[0]
    for (const password of given) {
      const hash = person.passwordHash ?? ''
      if (await this.auth.server.hasher.verify(password, hash)) return password
    }
    return undefined
  }

  /** Ends what a new password ends: a reset the session that it came from as well. */
  #endOthers(person: Person, played: readonly Played[]): void {
    const setters = played.filter(({ sets }) => sets?.person === person)
    const isReset = setters.every(({ sets }) => sets?.isReset)
    for (const slot of this.slots) {
      const isSetter = setters.some((it) => it.slot === slot)
      if (isReset || !isSetter) end(slot, person, { isReset, step: this.#step })
    }
    for (const secret of this.secrets) {
      secret.isOver ||= secret.purpose === 'reset' && secret.to === person.email
    }
  }

  /** Notes for the logins of a session whether its browser is trusted by their user. */
  #noteTrust(slot: Slot, before: readonly Trust[]): void {
    const trusts = [...before, ...this.#trustsOf(slot)].filter((it) => this.now < it.expiresAt)
    for (const login of slot.logins) {
      const person = this.people.find((it) => it === login.user)
      login.isTrusted ||= trusts.some((it) => person && isTrustOf(person, it))
    }
  }

  /** Remembers a trust that was given: by those alone whose login lacked nothing. */
  noteTrustGiven(slot: Slot, { headers }: TestAnswer): void {
    const { trustCookieName, trustCookieAge } = this.settings.mfa
    const line = headers.getSetCookie().find((it) => it.startsWith(`${trustCookieName}=`))
    const token = /=([^;]*)/
      .exec(line ?? '')?.[1]
      ?.split('.')
      .at(-1)
    if (!token) return
    const done = slot.logins.filter((it) => missing(it, this.rules, this.now).length === 0)
    const people = this.people.filter((person) => done.some(({ user }) => user === person))
    const seals = people.flatMap((person) => person.seals)
    this.#trusts.set(token, { people, seals, expiresAt: this.now + trustCookieAge * 1000 })
  }

  #trustsOf({ client }: Slot): Trust[] {
    const tokens = client.cookies.get(this.settings.mfa.trustCookieName)?.split('.') ?? []
    return tokens.flatMap((token) => this.#trusts.get(token) ?? [])
  }

  /** Somebody who trusts the browser of a session, if it is one that somebody does. */
  trusterOf(slot: Slot): Person | undefined {
    return this.#trustsOf(slot).at(-1)?.people[0]
  }

  async #collectSecrets(played: readonly Played[]): Promise<void> {
    await this.auth.server.outbox.drain()
    const slots = played.filter(({ isInVain }) => !isInVain).map(({ slot }) => slot)
    const before = this.isCrowded ? [] : [...this.secrets]
    for (const { message } of [...this.auth.mailbox.messages()].reverse()) {
      const secret = secretIn(message, slots)
      if (!secret) continue
      const owner = this.ownerOf(secret)
      const logins = slots.flatMap((slot) => slot.logins).filter(({ user }) => user === owner)
      for (const login of logins) secret.logins.add(login)
      for (const old of before) old.isOver ||= isReplaced(old, secret)
      this.secrets.push(secret)
    }
    this.auth.mailbox.clear()
  }

  /** Whose address or number a code or key was sent to. */
  ownerOf({ to }: Secret): Person | undefined {
    return this.people.find(({ email, phone }) => to === email || to === phone)
  }

  /** Looks who is signed in, and holds it against the model. */
  async #look(slot: Slot, isAlone: boolean): Promise<void> {
    const { status, body } = await slot.client.get('auth/session')
    // Clients drop a token that opens nothing.
    if (status === 410) slot.client.token = undefined
    slot.stage = stageOf({ body })
    const user = body.meta?.is_authenticated ? body.data?.user : undefined
    const person = this.people.find(({ email }) => email === user?.email) ?? null
    if (user && !person) this.fail(`${slot.name} is signed in to a stranger`)
    const problem = person && objection(slot, person, this.rules, this.now)
    if (problem) this.fail(`${slot.name} is signed in to ${person.name}, but lacks: ${problem}`)
    const hasChangedHands = person && slot.user && slot.user !== person && isAlone
    if (hasChangedHands && body.data?.methods?.length !== 0) {
      this.fail(`${slot.name} was signed in to somebody else, whose session is not forgotten`)
    }
    see(slot, person, slot.stage !== undefined)
  }

  /** What a login lacks first. */
  nextStage(login: Login): string | undefined {
    return missing(login, this.rules, this.now)[0]
  }

  newPassword(): string {
    this.#passwords += 1
    return `tidy walrus ${this.#passwords} of winter`
  }

  fail(problem: string): never {
    throw new Error(`${problem}\n${this.trace.join('\n')}`)
  }
}

const purposes = [
  ['login code', 'login'],
  ['Your confirmation code', 'email'],
  ['Confirm your email address', 'email'],
  ['Reset your password', 'reset'],
  ['confirmation code', 'phone'],
] as const

type Message = ReturnType<TestAuth['mailbox']['messages']>[number]['message']

function secretIn(message: Message, slots: readonly Slot[]): Secret | null {
  const isMail = message.kind === 'mail'
  const [to, title] = isMail
    ? [message.mail.to, message.mail.subject]
    : [message.sms.phone, message.sms.text]
  const text = isMail ? /\n\n(\S{4,})\n\n/.exec(message.mail.text)?.[1] : message.sms.code
  const purpose = purposes.find(([words]) => title.includes(words))?.[1]
  if (!purpose || !text) return null
  return { purpose, to, text, slots, logins: new Set(), isOver: false }
}

function isTrustOf(person: Person, { people, seals }: Trust): boolean {
  return people.includes(person) && seals.some((seal) => person.seals.includes(seal))
}

function isAlone(played: readonly Played[], slot: Slot): boolean {
  return played.filter((it) => it.slot === slot).length <= 1
}

function inShort(answer: TestAnswer): string {
  const user = answer.body.data?.user?.email
  const details = [user, stageOf(answer), ...TestClient.errors(answer)]
  return [answer.status, ...details].filter(Boolean).join(' ')
}
