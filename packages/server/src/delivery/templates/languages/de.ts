import type { Words } from '../words.ts'

/** German. */
export const german: Words = {
  language: 'de',
  isRightToLeft: false,
  colon: ':',
  quotes: ['„', '“'],
  footer: ({ site }) =>
    `${site} hat diese Nachricht automatisch verschickt. Antworten darauf werden nicht gelesen.`,

  confirmation: {
    title: 'Bestätigen Sie Ihre E-Mail-Adresse',
    titleByCode: 'Ihr Bestätigungscode',
    welcome: ({ site, email }) =>
      `Willkommen bei ${site}. Sie haben sich mit ${email} registriert; bitte bestätigen Sie, dass diese Adresse Ihnen gehört.`,
    wanted: ({ site, email }) =>
      `Jemand, vermutlich Sie selbst, möchte ${email} für ein Konto bei ${site} verwenden.`,
    button: 'Diese Adresse bestätigen',
    enterKey: 'Geben Sie zum Bestätigen diesen Schlüssel ein:',
    enterCode: 'Geben Sie zum Bestätigen diesen Code ein:',
    codeWorks: ({ duration }) => `Gültigkeitsdauer des Codes: ${duration}.`,
    elseIgnore:
      'Wenn Sie das nicht angefordert haben, können Sie diese Nachricht ignorieren: Es geschieht nichts.',
  },
  alreadyExists: {
    title: 'Sie haben bereits ein Konto',
    tried: ({ site, email }) =>
      `Jemand, vermutlich Sie selbst, wollte sich bei ${site} mit ${email} registrieren.`,
    signIn: 'Zu dieser Adresse gibt es bereits ein Konto. Sie können sich also einfach anmelden.',
    forgotten: 'Wenn Sie Ihr Passwort vergessen haben, können Sie ein neues anfordern.',
    button: 'Passwort zurücksetzen',
    elseNothing:
      'Wenn Sie das nicht waren, müssen Sie nichts unternehmen. Ihr Konto ist unverändert.',
  },
  unknownAccount: {
    title: 'Zu dieser Adresse gibt es kein Konto',
    tried: ({ site, email }) =>
      `Jemand, vermutlich Sie selbst, wollte mit ${email} auf ein Konto bei ${site} zugreifen.`,
    noAccount:
      'Zu dieser Adresse gibt es kein Konto. Vielleicht haben Sie sich mit einer anderen registriert.',
    button: 'Registrieren',
    elseIgnore: 'Wenn Sie das nicht waren, können Sie diese Nachricht ignorieren.',
  },
  loginCode: {
    title: 'Ihr Anmeldecode',
    enterCode: ({ site }) => `Geben Sie diesen Code ein, um sich bei ${site} anzumelden:`,
    elseIgnore: 'Wenn Sie den Code nicht angefordert haben, können Sie diese Nachricht ignorieren.',
  },
  passwordReset: {
    title: 'Setzen Sie Ihr Passwort zurück',
    asked: ({ site }) =>
      `Jemand, vermutlich Sie selbst, hat bei ${site} ein neues Passwort angefordert.`,
    username: ({ username }) => `Ihr Benutzername lautet ${username}.`,
    button: 'Neues Passwort festlegen',
    enterKey: 'Geben Sie diesen Schlüssel ein, um ein neues Passwort festzulegen:',
    linkWorks: ({ duration }) => `Das geht nur einmal. Gültigkeitsdauer: ${duration}.`,
    enterCode: 'Geben Sie diesen Code ein:',
    elseIgnore:
      'Wenn Sie das nicht angefordert haben, können Sie diese Nachricht ignorieren: Ihr Passwort bleibt, wie es ist.',
  },
  codeWorksOnce: ({ duration }) =>
    `Der Code gilt nur einmal. Gültigkeitsdauer: ${duration}. Geben Sie ihn an niemanden weiter.`,

  notices: {
    password_changed: {
      title: 'Ihr Passwort wurde geändert',
      what: ({ site }) => `Das Passwort Ihres Kontos bei ${site} wurde geändert.`,
    },
    password_set: {
      title: 'Ein Passwort wurde festgelegt',
      what: ({ site }) => `Ihr Konto bei ${site} kann jetzt mit einem Passwort genutzt werden.`,
    },
    password_reset: {
      title: 'Ihr Passwort wurde zurückgesetzt',
      what: ({ site }) => `Das Passwort Ihres Kontos bei ${site} wurde per E-Mail zurückgesetzt.`,
    },
    email_added: {
      title: 'Eine E-Mail-Adresse wurde hinzugefügt',
      what: ({ site, email }) =>
        `Die Adresse ${email} wurde zu Ihrem Konto bei ${site} hinzugefügt.`,
    },
    email_removed: {
      title: 'Eine E-Mail-Adresse wurde entfernt',
      what: ({ site, email }) => `Die Adresse ${email} wurde aus Ihrem Konto bei ${site} entfernt.`,
    },
    email_changed: {
      title: 'Ihre E-Mail-Adresse wurde geändert',
      what: ({ site, from, to }) =>
        `Die Adresse Ihres Kontos bei ${site} wurde von ${from} auf ${to} geändert.`,
    },
    email_confirmed: {
      title: 'Ihre E-Mail-Adresse wurde bestätigt',
      what: ({ site, email }) => `Die Adresse ${email} wurde für Ihr Konto bei ${site} bestätigt.`,
    },
    phone_changed: {
      title: 'Ihre Telefonnummer wurde geändert',
      what: ({ site }) => `Die Telefonnummer Ihres Kontos bei ${site} wurde geändert.`,
    },
    totp_activated: {
      title: 'Die Anmeldung in zwei Schritten wurde eingeschaltet',
      what: ({ site }) => `Eine Authentifizierungs-App schützt jetzt Ihr Konto bei ${site}.`,
    },
    totp_deactivated: {
      title: 'Die Anmeldung in zwei Schritten wurde ausgeschaltet',
      what: ({ site }) => `Die Authentifizierungs-App schützt Ihr Konto bei ${site} nicht mehr.`,
    },
    recovery_codes_generated: {
      title: 'Neue Wiederherstellungscodes wurden erstellt',
      what: ({ site }) =>
        `Ihr Konto bei ${site} hat neue Wiederherstellungscodes. Die bisherigen gelten nicht mehr.`,
    },
    webauthn_added: {
      title: 'Ein Sicherheitsschlüssel wurde hinzugefügt',
      what: ({ site, name }) =>
        `Der Sicherheitsschlüssel oder Passkey ${name} wurde zu Ihrem Konto bei ${site} hinzugefügt.`,
    },
    webauthn_removed: {
      title: 'Ein Sicherheitsschlüssel wurde entfernt',
      what: ({ site, name }) =>
        `Der Sicherheitsschlüssel oder Passkey ${name} wurde aus Ihrem Konto bei ${site} entfernt.`,
    },
    account_connected: {
      title: 'Eine Anmeldemöglichkeit wurde hinzugefügt',
      what: ({ site, provider }) =>
        `Sie können sich jetzt mit ${provider} bei Ihrem Konto bei ${site} anmelden.`,
    },
    account_disconnected: {
      title: 'Eine Anmeldemöglichkeit wurde entfernt',
      what: ({ site, provider }) =>
        `Sie können sich nicht mehr mit ${provider} bei Ihrem Konto bei ${site} anmelden.`,
    },
    account_deleted: {
      title: 'Ihr Konto wurde gelöscht',
      what: ({ site }) =>
        `Ihr Konto bei ${site} wurde mit allem, was dazugehörte, gelöscht. Das lässt sich nicht rückgängig machen.`,
    },
  },
  advice: {
    setNewPassword:
      'Wenn Sie das nicht waren, ist vielleicht jemand anderes in Ihrem Konto: Legen Sie sofort ein neues Passwort fest.',
    resetPassword:
      'Wenn Sie das nicht waren, hat jemand anderes Zugriff auf Ihr Konto: Setzen Sie Ihr Passwort sofort zurück.',
    secureMailbox:
      'Wenn Sie das nicht waren, liest vielleicht jemand anderes Ihre E-Mails: Sichern Sie zuerst Ihr Postfach und setzen Sie dann Ihr Passwort erneut zurück.',
    checkAccount:
      'Wenn Sie das nicht waren, melden Sie sich an, machen Sie die Änderung rückgängig und legen Sie sofort ein neues Passwort fest. Wenn Sie sich nicht mehr anmelden können, bitten Sie um Hilfe.',
    guardMailbox:
      'Wenn Sie das nicht waren, war jemand anderes in Ihrem Konto: Stellen Sie sicher, dass niemand sonst Ihre E-Mails liest, und bitten Sie um Hilfe.',
  },
  itWasYou: 'Wenn Sie das waren, müssen Sie nichts unternehmen.',
  origin: {
    when: 'Zeit',
    address: 'IP-Adresse',
    device: 'Gerät',
    notKnown: 'nicht bekannt',
    browser: 'Browser',
    appOn: ({ app, system }) => `${app} unter ${system}`,
  },

  sms: {
    phoneCode: ({ code, site, duration }) =>
      `${code} ist Ihr Bestätigungscode für ${site}, gültig für ${duration}. Geben Sie ihn an niemanden weiter.`,
    loginCode: ({ code, site, duration }) =>
      `${code} ist Ihr Anmeldecode für ${site}, gültig für ${duration}. Geben Sie ihn an niemanden weiter.`,
    unknownAccount: ({ site }) => `Zu dieser Telefonnummer gibt es kein Konto bei ${site}.`,
    signUp: ({ url }) => `Registrieren: ${url}`,
    alreadyExists: ({ site }) =>
      `Jemand, vermutlich Sie selbst, wollte sich bei ${site} mit dieser Telefonnummer registrieren. Zu ihr gibt es schon ein Konto: Melden Sie sich einfach an.`,
  },
}
