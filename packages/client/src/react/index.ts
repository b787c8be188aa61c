'use client'

export { AuthProvider, type AuthProviderProps, useClient } from './provider.ts'
export { type Account, type AccountList, useAccount } from './use-account.ts'
export { useAuth, useFlow } from './use-auth.ts'
export { type CallState, useCall } from './use-call.ts'
export { type Reauthenticating, useReauthentication } from './use-reauthentication.ts'
