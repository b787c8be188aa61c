import type { Words } from '../words.ts'

/** English. */
export const english: Words = {
  language: 'en',
  isRightToLeft: false,
  colon: ':',
  quotes: ['“', '”'],
  footer: ({ site }) => `${site} sent this message automatically. Replies to it are not read.`,

  confirmation: {
    title: 'Confirm your email address',
    titleByCode: 'Your confirmation code',
    welcome: ({ site, email }) =>
      `Welcome to ${site}. You signed up with ${email}; please confirm that it is yours.`,
    wanted: ({ site, email }) =>
      `Somebody, probably you, wants to use ${email} for an account at ${site}.`,
    button: 'Confirm this address',
    enterKey: 'To confirm it, enter this key:',
    enterCode: 'To confirm it, enter this code:',
    codeWorks: ({ duration }) => `The code works for ${duration}.`,
    elseIgnore: 'If you did not ask for this, you can ignore this message: nothing will happen.',
  },
  alreadyExists: {
    title: 'You already have an account',
    tried: ({ site, email }) =>
      `Somebody, probably you, tried to sign up at ${site} with ${email}.`,
    signIn: 'There is an account with this address already, so you can simply sign in.',
    forgotten: 'If you have forgotten your password, you can ask for a new one.',
    button: 'Reset your password',
    elseNothing: 'If it was not you, you need not do anything. Your account is as it was.',
  },
  unknownAccount: {
    title: 'There is no account with this address',
    tried: ({ site, email }) =>
      `Somebody, probably you, tried to get into an account at ${site} with ${email}.`,
    noAccount: 'No account has this address. Maybe you signed up with another one.',
    button: 'Sign up',
    elseIgnore: 'If it was not you, you can ignore this message.',
  },
  loginCode: {
    title: 'Your login code',
    enterCode: ({ site }) => `To sign in at ${site}, enter this code:`,
    elseIgnore: 'If you did not ask for it, you can ignore this message.',
  },
  passwordReset: {
    title: 'Reset your password',
    asked: ({ site }) => `Somebody, probably you, asked for a new password at ${site}.`,
    username: ({ username }) => `Your username is ${username}.`,
    button: 'Set a new password',
    enterKey: 'To set a new password, enter this key:',
    linkWorks: ({ duration }) => `This works once, for ${duration}.`,
    enterCode: 'Enter this code:',
    elseIgnore:
      'If you did not ask for this, you can ignore this message: your password stays as it is.',
  },
  codeWorksOnce: ({ duration }) =>
    `The code works once, for ${duration}. Do not give it to anybody.`,

  notices: {
    password_changed: {
      title: 'Your password was changed',
      what: ({ site }) => `The password of your account at ${site} was changed.`,
    },
    password_set: {
      title: 'A password was set',
      what: ({ site }) => `Your account at ${site} can now be used with a password.`,
    },
    password_reset: {
      title: 'Your password was reset',
      what: ({ site }) => `The password of your account at ${site} was reset by way of email.`,
    },
    email_added: {
      title: 'An email address was added',
      what: ({ site, email }) => `The address ${email} was added to your account at ${site}.`,
    },
    email_removed: {
      title: 'An email address was removed',
      what: ({ site, email }) => `The address ${email} was removed from your account at ${site}.`,
    },
    email_changed: {
      title: 'Your email address was changed',
      what: ({ site, from, to }) =>
        `The address of your account at ${site} was changed from ${from} to ${to}.`,
    },
    email_confirmed: {
      title: 'Your email address was confirmed',
      what: ({ site, email }) => `The address ${email} was confirmed for your account at ${site}.`,
    },
    phone_changed: {
      title: 'Your phone number was changed',
      what: ({ site }) => `The phone number of your account at ${site} was changed.`,
    },
    totp_activated: {
      title: 'Two-step login was turned on',
      what: ({ site }) => `An authenticator app now guards your account at ${site}.`,
    },
    totp_deactivated: {
      title: 'Two-step login was turned off',
      what: ({ site }) => `The authenticator app no longer guards your account at ${site}.`,
    },
    recovery_codes_generated: {
      title: 'New recovery codes were made',
      what: ({ site }) =>
        `Your account at ${site} has new recovery codes. The ones before do not work any more.`,
    },
    webauthn_added: {
      title: 'A security key was added',
      what: ({ site, name }) =>
        `The security key or passkey ${name} was added to your account at ${site}.`,
    },
    webauthn_removed: {
      title: 'A security key was removed',
      what: ({ site, name }) =>
        `The security key or passkey ${name} was removed from your account at ${site}.`,
    },
    account_connected: {
      title: 'A way to sign in was added',
      what: ({ site, provider }) =>
        `You can now sign in to your account at ${site} with ${provider}.`,
    },
    account_disconnected: {
      title: 'A way to sign in was removed',
      what: ({ site, provider }) =>
        `You can no longer sign in to your account at ${site} with ${provider}.`,
    },
    account_deleted: {
      title: 'Your account was deleted',
      what: ({ site }) =>
        `Your account at ${site} was deleted, with everything that belonged to it. This cannot be undone.`,
    },
  },
  advice: {
    setNewPassword:
      'If it was not you, somebody else may be in your account: set a new password at once.',
    resetPassword:
      'If it was not you, somebody else has your account: reset your password at once.',
    secureMailbox:
      'If it was not you, somebody else may read your mail: secure your mailbox first, then reset your password again.',
    checkAccount:
      'If it was not you, sign in, undo the change and set a new password at once. If you cannot get in any more, ask for help.',
    guardMailbox:
      'If it was not you, somebody else was in your account: make sure that nobody else reads your mail, and ask for help.',
  },
  itWasYou: 'If it was you, you need not do anything.',
  origin: {
    when: 'When',
    address: 'Address',
    device: 'Device',
    notKnown: 'not known',
    browser: 'Browser',
    appOn: ({ app, system }) => `${app} on ${system}`,
  },

  sms: {
    phoneCode: ({ code, site, duration }) =>
      `${code} is your ${site} confirmation code, good for ${duration}. Do not give it to anybody.`,
    loginCode: ({ code, site, duration }) =>
      `${code} is your ${site} login code, good for ${duration}. Do not give it to anybody.`,
    unknownAccount: ({ site }) => `No account at ${site} has this phone number.`,
    signUp: ({ url }) => `Sign up: ${url}`,
    alreadyExists: ({ site }) =>
      `Somebody, probably you, tried to sign up at ${site} with this phone number. It has an account already, so you can simply sign in.`,
  },
}
