/** The languages of pages and mails, the one that is used otherwise first. */
export const languages: readonly string[] = ['en', 'de', 'fr', 'es', 'ar']
