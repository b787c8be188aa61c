// Compiled by a test against what is published: what it says has to be so, and each @ts-expect-error be needed.
import {
  type Answer,
  type AuthState,
  type Client,
  createClient,
  type Flow,
  type FlowOf,
  type Input,
  LatchkeyError,
  logInWithPasskey,
  memoryTokens,
  storedTokens,
} from '@latchkey/client'

const client = createClient({ url: 'https://id.example.org', kind: 'app', tokens: memoryTokens() })

/** Fails to compile unless the value is of just this type. */
function is<Expected>() {
  return <Actual>(
    _: Actual,
    ..._same: Same<Actual, Expected> extends true ? [] : [never]
  ): void => {}
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

export async function answersAreToldApartByStatus(): Promise<string> {
  const answer = await client.logIn({ email: 'ann@example.org', password: 'correct horse' })
  is<200 | 400 | 401 | 409 | 429>()(answer.status)
  switch (answer.status) {
    case 200:
      is<string>()(answer.data.user.display)
      return answer.data.user.display
    case 401:
      return answer.data.flows.map(tellOf).join()
    case 400:
      return answer.errors.map(({ code, param }) => `${code} ${param ?? ''}`).join()
    case 429:
      is<number | undefined>()(answer.retryAfterSeconds)
      return 'later'
    case 409:
      // @ts-expect-error: this answer has nothing but its status
      return answer.data
  }
}

export function tellOf(flow: Flow): string {
  if (flow.id === 'mfa_authenticate') return flow.types.join()
  if (flow.id === 'provider_redirect') return flow.providers.join()
  if (flow.id === 'provider_signup') return flow.provider.name
  // @ts-expect-error: other flows have no list of factors
  flow.types
  // @ts-expect-error: there is no such flow
  if (flow.id === 'mfa_authentication') return ''
  return flow.id
}

export function flowsAreFoundById(
  second: FlowOf<'mfa_authenticate'>,
  login: FlowOf<'login'>,
): void {
  is<('recovery_codes' | 'totp' | 'webauthn')[]>()(second.types)
  is<'login'>()(login.id)
  // @ts-expect-error: a login has no factors
  login.types
}

export async function aNewProofIsToldApart(): Promise<void> {
  const answer = await client.addEmailAddress({ email: 'second@example.org' })
  if (answer.status === 401 && 'user' in answer.data) is<string>()(answer.data.user.display)
  // @ts-expect-error: the client starts anew by itself
  if (answer.status === 410) return
  if (answer.status === 200) is<boolean | undefined>()(answer.data.at(0)?.primary)
}

export async function inputsAreChecked(): Promise<void> {
  // @ts-expect-error: a password is missing
  await client.reauthenticate({})
  // @ts-expect-error: the input is missing
  await client.verifyEmail()
  // @ts-expect-error: no such member
  await client.requestLoginCode({ mail: 'ann@example.org' })
  // @ts-expect-error: takes none
  await client.listSessions({ all: true })
  // @ts-expect-error: this header has to have something
  await client.getPasswordReset({})
  await client.getTotp()
  await client.getTotp({ totp_svg: true })
  await client.getSession(undefined, { signal: AbortSignal.timeout(100) })
  await client.makeEmailAddressPrimary({ email: 'a@example.org', primary: true })
  is<{ key: string }>()(null as unknown as Input<'getPasswordReset'>)
}

export function statesAreToldApart(state: AuthState): string {
  switch (state.status) {
    case 'unknown':
      return state.failure?.code ?? 'nothing yet'
    case 'signed-out':
      // @ts-expect-error: nobody is there
      return state.user
    case 'pending':
      return state.pending.id
    case 'signed-in':
      return state.user.display
    case 'reauthentication':
      return state.flows.map(({ id }) => id).join()
  }
}

export async function errorsAreNamed(error: unknown): Promise<void> {
  if (!(error instanceof LatchkeyError)) throw error
  // @ts-expect-error: there is no such code
  if (error.code === 'offline') return
  is<number | undefined>()(error.retryAfterSeconds)
}

export async function passkeysAnswerAsTheirOperations(it: Client): Promise<void> {
  const answer = await logInWithPasskey(it, { isConditional: true })
  if (answer.status === 200) is<string>()(answer.data.user.display)
  is<200 | 400 | 401 | 429>()(answer.status)
}

export function storesAreOfTheseShapes(): void {
  storedTokens(localStorage)
  storedTokens({
    getItemAsync: async () => null,
    setItemAsync: async () => {},
    deleteItemAsync: async () => {},
  })
  // @ts-expect-error: nothing can be forgotten there
  storedTokens({ getItem: () => null, setItem: () => {} })
}

export type Told = Extract<Answer<'getConfiguration'>, { status: 200 }>['data']
