import type { Words } from '../words.ts'

/** French. */
export const french: Words = {
  language: 'fr',
  isRightToLeft: false,
  colon: ' :',
  quotes: ['« ', ' »'],
  footer: ({ site }) =>
    `${site} a envoyé ce message automatiquement. Les réponses ne sont pas lues.`,

  confirmation: {
    title: 'Confirmez votre adresse e-mail',
    titleByCode: 'Votre code de confirmation',
    welcome: ({ site, email }) =>
      `Bienvenue sur ${site}. Vous avez créé un compte avec l’adresse ${email} ; veuillez confirmer qu’elle est bien à vous.`,
    wanted: ({ site, email }) =>
      `Quelqu’un, sans doute vous, souhaite utiliser l’adresse ${email} pour un compte sur ${site}.`,
    button: 'Confirmer cette adresse',
    enterKey: 'Pour la confirmer, saisissez cette clé :',
    enterCode: 'Pour la confirmer, saisissez ce code :',
    codeWorks: ({ duration }) => `Le code est valable ${duration}.`,
    elseIgnore:
      'Si vous n’êtes pas à l’origine de cette demande, vous pouvez ignorer ce message : rien ne se passera.',
  },
  alreadyExists: {
    title: 'Vous avez déjà un compte',
    tried: ({ site, email }) =>
      `Quelqu’un, sans doute vous, a essayé de s’inscrire sur ${site} avec l’adresse ${email}.`,
    signIn: 'Un compte existe déjà avec cette adresse : il vous suffit donc de vous connecter.',
    forgotten: 'Si vous avez oublié votre mot de passe, vous pouvez en demander un nouveau.',
    button: 'Réinitialiser votre mot de passe',
    elseNothing:
      'Si ce n’était pas vous, vous n’avez rien à faire. Votre compte n’a pas été modifié.',
  },
  unknownAccount: {
    title: 'Aucun compte n’existe avec cette adresse',
    tried: ({ site, email }) =>
      `Quelqu’un, sans doute vous, a essayé d’accéder à un compte sur ${site} avec l’adresse ${email}.`,
    noAccount:
      'Aucun compte n’utilise cette adresse. Peut-être avez-vous créé votre compte avec une autre.',
    button: 'S’inscrire',
    elseIgnore: 'Si ce n’était pas vous, vous pouvez ignorer ce message.',
  },
  loginCode: {
    title: 'Votre code de connexion',
    enterCode: ({ site }) => `Pour vous connecter à ${site}, saisissez ce code :`,
    elseIgnore: 'Si vous n’êtes pas à l’origine de cette demande, vous pouvez ignorer ce message.',
  },
  passwordReset: {
    title: 'Réinitialisez votre mot de passe',
    asked: ({ site }) =>
      `Quelqu’un, sans doute vous, a demandé un nouveau mot de passe sur ${site}.`,
    username: ({ username }) => `Votre nom d’utilisateur est ${username}.`,
    button: 'Choisir un nouveau mot de passe',
    enterKey: 'Pour choisir un nouveau mot de passe, saisissez cette clé :',
    linkWorks: ({ duration }) => `Cela ne fonctionne qu’une fois, pendant ${duration}.`,
    enterCode: 'Saisissez ce code :',
    elseIgnore:
      'Si vous n’êtes pas à l’origine de cette demande, vous pouvez ignorer ce message : votre mot de passe reste inchangé.',
  },
  codeWorksOnce: ({ duration }) =>
    `Le code ne fonctionne qu’une fois, pendant ${duration}. Ne le communiquez à personne.`,

  notices: {
    password_changed: {
      title: 'Votre mot de passe a été modifié',
      what: ({ site }) => `Le mot de passe de votre compte sur ${site} a été modifié.`,
    },
    password_set: {
      title: 'Un mot de passe a été défini',
      what: ({ site }) =>
        `Votre compte sur ${site} peut désormais être utilisé avec un mot de passe.`,
    },
    password_reset: {
      title: 'Votre mot de passe a été réinitialisé',
      what: ({ site }) =>
        `Le mot de passe de votre compte sur ${site} a été réinitialisé par e-mail.`,
    },
    email_added: {
      title: 'Une adresse e-mail a été ajoutée',
      what: ({ site, email }) => `L’adresse ${email} a été ajoutée à votre compte sur ${site}.`,
    },
    email_removed: {
      title: 'Une adresse e-mail a été supprimée',
      what: ({ site, email }) => `L’adresse ${email} a été supprimée de votre compte sur ${site}.`,
    },
    email_changed: {
      title: 'Votre adresse e-mail a été modifiée',
      what: ({ site, from, to }) =>
        `L’adresse de votre compte sur ${site} a été modifiée : ${from} a été remplacée par ${to}.`,
    },
    email_confirmed: {
      title: 'Votre adresse e-mail a été confirmée',
      what: ({ site, email }) =>
        `L’adresse ${email} a été confirmée pour votre compte sur ${site}.`,
    },
    phone_changed: {
      title: 'Votre numéro de téléphone a été modifié',
      what: ({ site }) => `Le numéro de téléphone de votre compte sur ${site} a été modifié.`,
    },
    totp_activated: {
      title: 'La connexion en deux étapes a été activée',
      what: ({ site }) =>
        `Une application d’authentification protège désormais votre compte sur ${site}.`,
    },
    totp_deactivated: {
      title: 'La connexion en deux étapes a été désactivée',
      what: ({ site }) =>
        `L’application d’authentification ne protège plus votre compte sur ${site}.`,
    },
    recovery_codes_generated: {
      title: 'De nouveaux codes de récupération ont été créés',
      what: ({ site }) =>
        `Votre compte sur ${site} a de nouveaux codes de récupération. Les précédents ne fonctionnent plus.`,
    },
    webauthn_added: {
      title: 'Une clé de sécurité a été ajoutée',
      what: ({ site, name }) =>
        `La clé de sécurité ou clé d’accès ${name} a été ajoutée à votre compte sur ${site}.`,
    },
    webauthn_removed: {
      title: 'Une clé de sécurité a été supprimée',
      what: ({ site, name }) =>
        `La clé de sécurité ou clé d’accès ${name} a été supprimée de votre compte sur ${site}.`,
    },
    account_connected: {
      title: 'Un moyen de connexion a été ajouté',
      what: ({ site, provider }) =>
        `Vous pouvez désormais vous connecter à votre compte sur ${site} avec ${provider}.`,
    },
    account_disconnected: {
      title: 'Un moyen de connexion a été supprimé',
      what: ({ site, provider }) =>
        `Vous ne pouvez plus vous connecter à votre compte sur ${site} avec ${provider}.`,
    },
    account_deleted: {
      title: 'Votre compte a été supprimé',
      what: ({ site }) =>
        `Votre compte sur ${site} a été supprimé avec tout ce qui s’y rattachait. Cette opération est irréversible.`,
    },
  },
  advice: {
    setNewPassword:
      'Si ce n’était pas vous, quelqu’un d’autre a peut-être accès à votre compte : choisissez immédiatement un nouveau mot de passe.',
    resetPassword:
      'Si ce n’était pas vous, quelqu’un d’autre a accès à votre compte : réinitialisez immédiatement votre mot de passe.',
    secureMailbox:
      'Si ce n’était pas vous, quelqu’un d’autre lit peut-être vos e-mails : sécurisez d’abord votre messagerie, puis réinitialisez de nouveau votre mot de passe.',
    checkAccount:
      'Si ce n’était pas vous, connectez-vous, annulez la modification et choisissez immédiatement un nouveau mot de passe. Si vous ne pouvez plus vous connecter, demandez de l’aide.',
    guardMailbox:
      'Si ce n’était pas vous, quelqu’un d’autre a eu accès à votre compte : assurez-vous que personne d’autre ne lit vos e-mails et demandez de l’aide.',
  },
  itWasYou: 'Si c’était vous, vous n’avez rien à faire.',
  origin: {
    when: 'Date',
    address: 'Adresse IP',
    device: 'Appareil',
    notKnown: 'inconnu',
    browser: 'Navigateur',
    appOn: ({ app, system }) => `${app} sous ${system}`,
  },

  // Within the letters of GSM 7-bit: one ê would make two messages of one.
  sms: {
    phoneCode: ({ code, site, duration }) =>
      `${code} est votre code de confirmation ${site}, valable ${duration}. Ne le communiquez à personne.`,
    loginCode: ({ code, site, duration }) =>
      `${code} est votre code de connexion ${site}, valable ${duration}. Ne le communiquez à personne.`,
    unknownAccount: ({ site }) => `Aucun compte ${site} n'utilise ce numéro de téléphone.`,
    signUp: ({ url }) => `Inscription : ${url}`,
    alreadyExists: ({ site }) =>
      `Quelqu'un, sans doute vous, a voulu s'inscrire sur ${site} avec ce numéro de téléphone. Il a déjà un compte : il vous suffit de vous connecter.`,
  },
}
