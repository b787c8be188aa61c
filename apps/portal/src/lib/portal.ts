import type { Answer } from '@latchkey/client'
import { client } from './client.ts'

/** What the pages need to know beside the API's configuration. */
export type Portal = Answer<'getPortal'>['data']

/** What a code looks like that somebody has to type. */
export type CodeShape = Portal['login_code']

/** Something that the sign-up form asks for. */
export type SignupField = Portal['signup_fields'][number]

/** Asks how the pages are to be. @throws LatchkeyError */
export async function getPortal(): Promise<Portal> {
  const { data } = await client.getPortal()
  return data
}
