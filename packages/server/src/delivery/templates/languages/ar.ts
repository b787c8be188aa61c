import type { Words } from '../words.ts'

/** Arabic. Durations stand by themselves: within a sentence their case would change. */
export const arabic: Words = {
  language: 'ar',
  isRightToLeft: true,
  colon: ':',
  quotes: ['«', '»'],
  footer: ({ site }) => `أُرسلت هذه الرسالة تلقائيًا من ${site}. الردود عليها لا تُقرأ.`,

  confirmation: {
    title: 'تأكيد عنوان بريدك الإلكتروني',
    titleByCode: 'رمز التأكيد الخاص بك',
    welcome: ({ site, email }) =>
      `مرحبًا بك في ${site}. لقد أنشأت حسابًا بالعنوان ${email}؛ يُرجى تأكيد أنه لك.`,
    wanted: ({ site, email }) =>
      `شخص ما، ربما أنت، يريد استخدام العنوان ${email} لحساب في ${site}.`,
    button: 'تأكيد هذا العنوان',
    enterKey: 'لتأكيده، أدخل هذا المفتاح:',
    enterCode: 'لتأكيده، أدخل هذا الرمز:',
    codeWorks: ({ duration }) => `مدة صلاحية الرمز: ${duration}.`,
    elseIgnore: 'إذا لم تطلب ذلك، فيمكنك تجاهل هذه الرسالة: لن يحدث شيء.',
  },
  alreadyExists: {
    title: 'لديك حساب بالفعل',
    tried: ({ site, email }) => `حاول شخص ما، ربما أنت، إنشاء حساب في ${site} بالعنوان ${email}.`,
    signIn: 'يوجد حساب بهذا العنوان بالفعل، لذا يمكنك تسجيل الدخول مباشرة.',
    forgotten: 'إذا نسيت كلمة المرور، فيمكنك طلب كلمة مرور جديدة.',
    button: 'إعادة تعيين كلمة المرور',
    elseNothing: 'إذا لم تكن أنت من فعل ذلك، فلا داعي لفعل أي شيء. لم يتغير حسابك.',
  },
  unknownAccount: {
    title: 'لا يوجد حساب بهذا العنوان',
    tried: ({ site, email }) =>
      `حاول شخص ما، ربما أنت، الدخول إلى حساب في ${site} بالعنوان ${email}.`,
    noAccount: 'لا يوجد حساب بهذا العنوان. ربما أنشأت حسابك بعنوان آخر.',
    button: 'إنشاء حساب',
    elseIgnore: 'إذا لم تكن أنت من فعل ذلك، فيمكنك تجاهل هذه الرسالة.',
  },
  loginCode: {
    title: 'رمز تسجيل الدخول',
    enterCode: ({ site }) => `لتسجيل الدخول إلى ${site}، أدخل هذا الرمز:`,
    elseIgnore: 'إذا لم تطلب هذا الرمز، فيمكنك تجاهل هذه الرسالة.',
  },
  passwordReset: {
    title: 'إعادة تعيين كلمة المرور',
    asked: ({ site }) => `طلب شخص ما، ربما أنت، كلمة مرور جديدة في ${site}.`,
    username: ({ username }) => `اسم المستخدم الخاص بك هو ${username}.`,
    button: 'تعيين كلمة مرور جديدة',
    enterKey: 'لتعيين كلمة مرور جديدة، أدخل هذا المفتاح:',
    linkWorks: ({ duration }) => `يعمل هذا مرة واحدة فقط. مدة الصلاحية: ${duration}.`,
    enterCode: 'أدخل هذا الرمز:',
    elseIgnore: 'إذا لم تطلب ذلك، فيمكنك تجاهل هذه الرسالة: ستبقى كلمة المرور كما هي.',
  },
  codeWorksOnce: ({ duration }) =>
    `يعمل الرمز مرة واحدة فقط. مدة صلاحيته: ${duration}. لا تعطه لأي شخص.`,

  notices: {
    password_changed: {
      title: 'تم تغيير كلمة المرور',
      what: ({ site }) => `تم تغيير كلمة مرور حسابك في ${site}.`,
    },
    password_set: {
      title: 'تم تعيين كلمة مرور',
      what: ({ site }) => `يمكن الآن استخدام حسابك في ${site} بكلمة مرور.`,
    },
    password_reset: {
      title: 'تمت إعادة تعيين كلمة المرور',
      what: ({ site }) => `تمت إعادة تعيين كلمة مرور حسابك في ${site} عبر البريد الإلكتروني.`,
    },
    email_added: {
      title: 'تمت إضافة عنوان بريد إلكتروني',
      what: ({ site, email }) => `تمت إضافة العنوان ${email} إلى حسابك في ${site}.`,
    },
    email_removed: {
      title: 'تمت إزالة عنوان بريد إلكتروني',
      what: ({ site, email }) => `تمت إزالة العنوان ${email} من حسابك في ${site}.`,
    },
    email_changed: {
      title: 'تم تغيير عنوان بريدك الإلكتروني',
      what: ({ site, from, to }) => `تم تغيير عنوان حسابك في ${site} من ${from} إلى ${to}.`,
    },
    email_confirmed: {
      title: 'تم تأكيد عنوان بريدك الإلكتروني',
      what: ({ site, email }) => `تم تأكيد العنوان ${email} لحسابك في ${site}.`,
    },
    phone_changed: {
      title: 'تم تغيير رقم هاتفك',
      what: ({ site }) => `تم تغيير رقم هاتف حسابك في ${site}.`,
    },
    totp_activated: {
      title: 'تم تفعيل تسجيل الدخول بخطوتين',
      what: ({ site }) => `يحمي تطبيق مصادقة الآن حسابك في ${site}.`,
    },
    totp_deactivated: {
      title: 'تم إيقاف تسجيل الدخول بخطوتين',
      what: ({ site }) => `لم يعد تطبيق المصادقة يحمي حسابك في ${site}.`,
    },
    recovery_codes_generated: {
      title: 'تم إنشاء رموز استرداد جديدة',
      what: ({ site }) => `لحسابك في ${site} رموز استرداد جديدة. لم تعد الرموز السابقة صالحة.`,
    },
    webauthn_added: {
      title: 'تمت إضافة مفتاح أمان',
      what: ({ site, name }) =>
        `تمت إضافة مفتاح الأمان أو مفتاح المرور ${name} إلى حسابك في ${site}.`,
    },
    webauthn_removed: {
      title: 'تمت إزالة مفتاح أمان',
      what: ({ site, name }) =>
        `تمت إزالة مفتاح الأمان أو مفتاح المرور ${name} من حسابك في ${site}.`,
    },
    account_connected: {
      title: 'تمت إضافة طريقة لتسجيل الدخول',
      what: ({ site, provider }) =>
        `يمكنك الآن تسجيل الدخول إلى حسابك في ${site} باستخدام ${provider}.`,
    },
    account_disconnected: {
      title: 'تمت إزالة طريقة لتسجيل الدخول',
      what: ({ site, provider }) =>
        `لم يعد بإمكانك تسجيل الدخول إلى حسابك في ${site} باستخدام ${provider}.`,
    },
    account_deleted: {
      title: 'تم حذف حسابك',
      what: ({ site }) => `تم حذف حسابك في ${site} مع كل ما يتعلق به. لا يمكن التراجع عن ذلك.`,
    },
  },
  advice: {
    setNewPassword:
      'إذا لم تكن أنت من فعل ذلك، فقد يكون شخص آخر قد دخل إلى حسابك: عيّن كلمة مرور جديدة فورًا.',
    resetPassword:
      'إذا لم تكن أنت من فعل ذلك، فقد وصل شخص آخر إلى حسابك: أعد تعيين كلمة المرور فورًا.',
    secureMailbox:
      'إذا لم تكن أنت من فعل ذلك، فقد يكون شخص آخر يقرأ بريدك: أمّن صندوق بريدك أولًا، ثم أعد تعيين كلمة المرور مرة أخرى.',
    checkAccount:
      'إذا لم تكن أنت من فعل ذلك، فسجّل الدخول وتراجع عن التغيير وعيّن كلمة مرور جديدة فورًا. إذا لم يعد بإمكانك الدخول، فاطلب المساعدة.',
    guardMailbox:
      'إذا لم تكن أنت من فعل ذلك، فقد دخل شخص آخر إلى حسابك: تأكد من أن لا أحد غيرك يقرأ بريدك، واطلب المساعدة.',
  },
  itWasYou: 'إذا كنت أنت من فعل ذلك، فلا داعي لفعل أي شيء.',
  origin: {
    when: 'الوقت',
    address: 'عنوان IP',
    device: 'الجهاز',
    notKnown: 'غير معروف',
    browser: 'متصفح',
    appOn: ({ app, system }) => `${app} على ${system}`,
  },

  // The first letter decides in which direction a phone shows the whole: no code at the start.
  sms: {
    phoneCode: ({ code, site, duration }) =>
      `رمز التأكيد من ${site}: ${code}. الصلاحية: ${duration}. لا تعطه لأحد.`,
    loginCode: ({ code, site, duration }) =>
      `رمز الدخول إلى ${site}: ${code}. الصلاحية: ${duration}. لا تعطه لأحد.`,
    unknownAccount: ({ site }) => `لا يوجد حساب في ${site} برقم الهاتف هذا.`,
    signUp: ({ url }) => `إنشاء حساب: ${url}`,
    alreadyExists: ({ site }) =>
      `حاول شخص ما، ربما أنت، إنشاء حساب في ${site} برقم الهاتف هذا. يوجد حساب به بالفعل، لذا يمكنك تسجيل الدخول مباشرة.`,
  },
}
