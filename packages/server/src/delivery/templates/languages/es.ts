import type { Words } from '../words.ts'

/** Spanish. */
export const spanish: Words = {
  language: 'es',
  isRightToLeft: false,
  colon: ':',
  quotes: ['«', '»'],
  footer: ({ site }) =>
    `${site} ha enviado este mensaje automáticamente. Las respuestas no se leen.`,

  confirmation: {
    title: 'Confirme su dirección de correo electrónico',
    titleByCode: 'Su código de confirmación',
    welcome: ({ site, email }) =>
      `Le damos la bienvenida a ${site}. Se ha registrado con ${email}; confirme que esta dirección es suya.`,
    wanted: ({ site, email }) =>
      `Alguien, probablemente usted, quiere usar ${email} para una cuenta en ${site}.`,
    button: 'Confirmar esta dirección',
    enterKey: 'Para confirmarla, introduzca esta clave:',
    enterCode: 'Para confirmarla, introduzca este código:',
    codeWorks: ({ duration }) => `El código es válido durante ${duration}.`,
    elseIgnore: 'Si no ha solicitado esto, puede ignorar este mensaje: no ocurrirá nada.',
  },
  alreadyExists: {
    title: 'Ya tiene una cuenta',
    tried: ({ site, email }) =>
      `Alguien, probablemente usted, ha intentado registrarse en ${site} con ${email}.`,
    signIn: 'Ya existe una cuenta con esta dirección, así que solo tiene que iniciar sesión.',
    forgotten: 'Si ha olvidado su contraseña, puede solicitar una nueva.',
    button: 'Restablecer su contraseña',
    elseNothing: 'Si no ha sido usted, no tiene que hacer nada. Su cuenta sigue como estaba.',
  },
  unknownAccount: {
    title: 'No hay ninguna cuenta con esta dirección',
    tried: ({ site, email }) =>
      `Alguien, probablemente usted, ha intentado acceder a una cuenta en ${site} con ${email}.`,
    noAccount: 'Ninguna cuenta tiene esta dirección. Tal vez se haya registrado con otra.',
    button: 'Registrarse',
    elseIgnore: 'Si no ha sido usted, puede ignorar este mensaje.',
  },
  loginCode: {
    title: 'Su código de acceso',
    enterCode: ({ site }) => `Para iniciar sesión en ${site}, introduzca este código:`,
    elseIgnore: 'Si no lo ha solicitado, puede ignorar este mensaje.',
  },
  passwordReset: {
    title: 'Restablezca su contraseña',
    asked: ({ site }) =>
      `Alguien, probablemente usted, ha solicitado una contraseña nueva en ${site}.`,
    username: ({ username }) => `Su nombre de usuario es ${username}.`,
    button: 'Elegir una contraseña nueva',
    enterKey: 'Para elegir una contraseña nueva, introduzca esta clave:',
    linkWorks: ({ duration }) => `Solo funciona una vez, durante ${duration}.`,
    enterCode: 'Introduzca este código:',
    elseIgnore: 'Si no ha solicitado esto, puede ignorar este mensaje: su contraseña no cambiará.',
  },
  codeWorksOnce: ({ duration }) =>
    `El código solo funciona una vez, durante ${duration}. No se lo dé a nadie.`,

  notices: {
    password_changed: {
      title: 'Se ha cambiado su contraseña',
      what: ({ site }) => `Se ha cambiado la contraseña de su cuenta en ${site}.`,
    },
    password_set: {
      title: 'Se ha establecido una contraseña',
      what: ({ site }) => `Su cuenta en ${site} ya se puede usar con una contraseña.`,
    },
    password_reset: {
      title: 'Se ha restablecido su contraseña',
      what: ({ site }) =>
        `Se ha restablecido por correo electrónico la contraseña de su cuenta en ${site}.`,
    },
    email_added: {
      title: 'Se ha añadido una dirección de correo electrónico',
      what: ({ site, email }) => `Se ha añadido la dirección ${email} a su cuenta en ${site}.`,
    },
    email_removed: {
      title: 'Se ha eliminado una dirección de correo electrónico',
      what: ({ site, email }) => `Se ha eliminado la dirección ${email} de su cuenta en ${site}.`,
    },
    email_changed: {
      title: 'Se ha cambiado su dirección de correo electrónico',
      what: ({ site, from, to }) =>
        `La dirección de su cuenta en ${site} ha cambiado de ${from} a ${to}.`,
    },
    email_confirmed: {
      title: 'Se ha confirmado su dirección de correo electrónico',
      what: ({ site, email }) =>
        `Se ha confirmado la dirección ${email} para su cuenta en ${site}.`,
    },
    phone_changed: {
      title: 'Se ha cambiado su número de teléfono',
      what: ({ site }) => `Se ha cambiado el número de teléfono de su cuenta en ${site}.`,
    },
    totp_activated: {
      title: 'Se ha activado el inicio de sesión en dos pasos',
      what: ({ site }) => `Una aplicación de autenticación protege ahora su cuenta en ${site}.`,
    },
    totp_deactivated: {
      title: 'Se ha desactivado el inicio de sesión en dos pasos',
      what: ({ site }) => `La aplicación de autenticación ya no protege su cuenta en ${site}.`,
    },
    recovery_codes_generated: {
      title: 'Se han creado códigos de recuperación nuevos',
      what: ({ site }) =>
        `Su cuenta en ${site} tiene códigos de recuperación nuevos. Los anteriores ya no funcionan.`,
    },
    webauthn_added: {
      title: 'Se ha añadido una llave de seguridad',
      what: ({ site, name }) =>
        `Se ha añadido la llave de seguridad o de acceso ${name} a su cuenta en ${site}.`,
    },
    webauthn_removed: {
      title: 'Se ha eliminado una llave de seguridad',
      what: ({ site, name }) =>
        `Se ha eliminado la llave de seguridad o de acceso ${name} de su cuenta en ${site}.`,
    },
    account_connected: {
      title: 'Se ha añadido una forma de iniciar sesión',
      what: ({ site, provider }) =>
        `Ahora puede iniciar sesión en su cuenta en ${site} con ${provider}.`,
    },
    account_disconnected: {
      title: 'Se ha eliminado una forma de iniciar sesión',
      what: ({ site, provider }) =>
        `Ya no puede iniciar sesión en su cuenta en ${site} con ${provider}.`,
    },
    account_deleted: {
      title: 'Su cuenta se ha eliminado',
      what: ({ site }) =>
        `Su cuenta en ${site} se ha eliminado con todo lo que contenía. Esta acción no se puede deshacer.`,
    },
  },
  advice: {
    setNewPassword:
      'Si no ha sido usted, puede que otra persona haya entrado en su cuenta: elija una contraseña nueva de inmediato.',
    resetPassword:
      'Si no ha sido usted, otra persona tiene acceso a su cuenta: restablezca su contraseña de inmediato.',
    secureMailbox:
      'Si no ha sido usted, puede que otra persona lea su correo: proteja primero su buzón y después vuelva a restablecer su contraseña.',
    checkAccount:
      'Si no ha sido usted, inicie sesión, deshaga el cambio y elija una contraseña nueva de inmediato. Si ya no puede entrar, pida ayuda.',
    guardMailbox:
      'Si no ha sido usted, otra persona ha estado en su cuenta: asegúrese de que nadie más lee su correo y pida ayuda.',
  },
  itWasYou: 'Si ha sido usted, no tiene que hacer nada.',
  origin: {
    when: 'Fecha',
    address: 'Dirección IP',
    device: 'Dispositivo',
    notKnown: 'no se conoce',
    browser: 'Navegador',
    appOn: ({ app, system }) => `${app} en ${system}`,
  },

  // Within the letters of GSM 7-bit: one ó would make two messages of one, so that codes are "claves".
  sms: {
    phoneCode: ({ code, site, duration }) =>
      `${code} es su clave de un solo uso para confirmar este teléfono en ${site}. Caduca en ${duration}. No se la dé a nadie.`,
    loginCode: ({ code, site, duration }) =>
      `${code} es su clave de un solo uso para entrar en ${site}. Caduca en ${duration}. No se la dé a nadie.`,
    unknownAccount: ({ site }) => `Ninguna cuenta de ${site} tiene este teléfono.`,
    signUp: ({ url }) => `Para registrarse: ${url}`,
    alreadyExists: ({ site }) =>
      `Alguien, tal vez usted, ha querido registrarse en ${site} con este teléfono. Ya tiene una cuenta: solo tiene que entrar.`,
  },
}
