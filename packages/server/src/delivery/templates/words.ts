import type { Language } from '../../settings/languages.ts'
import type { MailParams, Origin } from './params.ts'

/** Words around values, which are ready to be put in between. */
export type Say<Name extends string> = (values: Readonly<Record<Name, string>>) => string

/** The mails that tell the owner of a change. */
export type NoticeName = {
  [Name in keyof MailParams]: MailParams[Name] extends Origin ? Name : never
}[keyof MailParams]

/** What a notice says: `site` and what the mail needs to know beside its origin. */
type Notices = {
  [Name in NoticeName]: {
    title: string
    what: Say<'site' | (Exclude<keyof MailParams[Name], keyof Origin> & string)>
  }
}

/** What to do about a change that somebody else has made. */
export interface Advice {
  setNewPassword: string
  resetPassword: string
  secureMailbox: string
  checkAccount: string
  guardMailbox: string
}

/** All that messages say, in one language. `duration` is such as "15 minutes", by itself. */
export interface Words {
  language: Language
  isRightToLeft: boolean
  /** Between a name and what it stands for. */
  colon: string
  /** Around a name that somebody chose. */
  quotes: readonly [before: string, after: string]
  /** Stands below every mail. */
  footer: Say<'site'>

  confirmation: {
    title: string
    titleByCode: string
    welcome: Say<'site' | 'email'>
    wanted: Say<'site' | 'email'>
    button: string
    enterKey: string
    enterCode: string
    codeWorks: Say<'duration'>
    elseIgnore: string
  }
  alreadyExists: {
    title: string
    tried: Say<'site' | 'email'>
    signIn: string
    forgotten: string
    button: string
    elseNothing: string
  }
  unknownAccount: {
    title: string
    tried: Say<'site' | 'email'>
    noAccount: string
    button: string
    elseIgnore: string
  }
  loginCode: {
    title: string
    enterCode: Say<'site'>
    elseIgnore: string
  }
  passwordReset: {
    title: string
    asked: Say<'site'>
    username: Say<'username'>
    button: string
    enterKey: string
    linkWorks: Say<'duration'>
    enterCode: string
    elseIgnore: string
  }
  /** Of codes that nobody else may see. */
  codeWorksOnce: Say<'duration'>

  notices: Notices
  advice: Advice
  itWasYou: string
  origin: {
    when: string
    address: string
    device: string
    notKnown: string
    /** A program whose name is not known. */
    browser: string
    appOn: Say<'app' | 'system'>
  }

  sms: {
    phoneCode: Say<'code' | 'site' | 'duration'>
    loginCode: Say<'code' | 'site' | 'duration'>
    unknownAccount: Say<'site'>
    signUp: Say<'url'>
    alreadyExists: Say<'site'>
  }
}
