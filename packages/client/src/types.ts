import type {
  AuthenticatorType,
  components,
  FlowId,
  operations as headlessOperations,
  latchkeyOperations,
  Provider,
  ReauthenticationResponse,
  UnauthenticatedResponse,
} from '@latchkey/contract'
import type { operations as known } from './operations.ts'

interface operations extends headlessOperations, latchkeyOperations {}

/** The name of an operation, as in the contract. */
export type OperationName = keyof typeof known

/** What an operation is asked with: its JSON body, its query, or the `key` of a link or a code. */
export type Input<Name extends OperationName> =
  JsonBody<operations[Name]> extends never
    ? Name extends 'getEmailVerification' | 'getPasswordReset'
      ? { key: string }
      : QueryOf<operations[Name]>
    : JsonBody<operations[Name]>

/**
 * What an operation answers, told apart by `status`. Of a session that is over (410) the client starts anew
 * by itself.
 */
export type Answer<Name extends OperationName> = Told<
  Exclude<BodyOf<operations[Name]>, { status: 410 }>
>

/** 401: nobody is signed in. The flows say what is possible, and what is pending. */
export interface UnauthenticatedAnswer extends Omit<UnauthenticatedResponse, 'data'> {
  data: { flows: Flow[] }
}

/** 401, told from the other by `'user' in answer.data`: one of the flows has to be passed first. */
export interface ReauthenticationAnswer extends Omit<ReauthenticationResponse, 'data'> {
  data: Omit<ReauthenticationResponse['data'], 'flows'> & { flows: Flow[] }
}

/** 429: a limit is reached. */
export interface TooManyRequestsAnswer {
  status: 429
  /** After how long to try again. Absent where it is not told, or a page from elsewhere may not see it. */
  retryAfterSeconds?: number
}

/** The same, with flows that are told apart, and what a header adds. */
type Told<Body> = Body extends { status: 429 }
  ? TooManyRequestsAnswer
  : Body extends ReauthenticationResponse
    ? ReauthenticationAnswer
    : Body extends UnauthenticatedResponse
      ? UnauthenticatedAnswer
      : Body

/** How one call is made. */
export interface CallOptions {
  /** Gives the call up. */
  signal?: AbortSignal
}

/** The operations of the API, each a function. */
export type Operations = {
  readonly [Name in OperationName]: Call<Input<Name>, Answer<Name>>
}

type Call<In, Out> = [In] extends [undefined]
  ? (input?: undefined, options?: CallOptions) => Promise<Out>
  : undefined extends In
    ? (input?: In, options?: CallOptions) => Promise<Out>
    : (input: In, options?: CallOptions) => Promise<Out>

type JsonBody<Op> = Op extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

type QueryOf<Op> = Op extends { parameters: { query?: infer Query } }
  ? Exclude<Query, undefined> extends never
    ? undefined
    : Query | undefined
  : undefined

type BodyOf<Op> = Op extends { responses: infer Responses }
  ? {
      [Status in keyof Responses]: Responses[Status] extends {
        content: { 'application/json': infer Body }
      }
        ? Body
        : never
    }[keyof Responses]
  : never

/** What some flows tell beside their id. */
interface FlowDetails {
  mfa_authenticate: { readonly types: AuthenticatorType[] }
  mfa_reauthenticate: { readonly types: AuthenticatorType[] }
  provider_redirect: { readonly providers: string[] }
  provider_token: { readonly providers: string[] }
  provider_signup: { readonly provider: Provider }
}

/** The flow of this id. */
export type FlowOf<Id extends FlowId> = {
  readonly id: Id
  /** Whether this step is waited for. Absent means no. */
  readonly is_pending?: boolean
} & (Id extends keyof FlowDetails ? FlowDetails[Id] : unknown)

/** What can be begun, or has to be done, told apart by `id`. */
export type Flow = { [Id in FlowId]: FlowOf<Id> }[FlowId]

/** One thing that is wrong with an input: `param` names the field, where it is one. */
export type InputError = components['schemas']['ApiError']
