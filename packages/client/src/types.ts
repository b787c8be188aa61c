import type { AuthenticatorType, components, operations, Provider } from '@latchkey/contract'
import type { operations as known } from './operations.ts'

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
export type Answer<Name extends OperationName> = Exclude<BodyOf<operations[Name]>, { status: 410 }>

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

/** What can be begun, or has to be done, told apart by `id`. */
export type Flow = { readonly is_pending?: boolean } & (
  | { readonly id: 'mfa_authenticate' | 'mfa_reauthenticate'; readonly types: AuthenticatorType[] }
  | { readonly id: 'provider_redirect' | 'provider_token'; readonly providers: string[] }
  | { readonly id: 'provider_signup'; readonly provider: Provider }
  | { readonly id: PlainFlowId }
)

type PlainFlowId = Exclude<
  components['schemas']['FlowId'],
  | 'mfa_authenticate'
  | 'mfa_reauthenticate'
  | 'provider_redirect'
  | 'provider_token'
  | 'provider_signup'
>

/** The flow of this id. */
export type FlowOf<Id extends Flow['id']> = Extract<Flow, { id: Id }>

/** One thing that is wrong with an input: `param` names the field, where it is one. */
export type InputError = components['schemas']['ApiError']
