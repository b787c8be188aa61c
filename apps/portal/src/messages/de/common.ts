/** What is said on many pages. */
export const common = {
  loading: 'Wird geladen …',
  retry: 'Erneut versuchen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  back: 'Zurück',
  continue: 'Weiter',
  or: 'oder',
  language: 'Sprache',
  optional: 'freiwillig',
  terms: 'Nutzungsbedingungen',
  privacy: 'Datenschutz',
  help: 'Hilfe',
  notFound: 'Seite nicht gefunden',
  notFoundText: 'Unter dieser Adresse gibt es nichts.',
  toStart: 'Zur Startseite',
  unavailable: 'Zurzeit nicht verfügbar',
  unreachable:
    'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  busy: 'Der Server ist ausgelastet. Versuchen Sie es gleich noch einmal.',
  busyUntil: 'Der Server ist ausgelastet. Versuchen Sie es in {seconds} s noch einmal.',
  failed: 'Etwas ist schiefgegangen. Versuchen Sie es später erneut.',
  failedId:
    'Etwas ist schiefgegangen. Versuchen Sie es später erneut oder nennen Sie den Betreibern diese Nummer: {id}',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
}
