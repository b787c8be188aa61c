/** The field of a form that carries the token, as forms of Django have it. */
export const csrfField = 'csrfmiddlewaretoken'

/** Whether a body of this type is a form, which may carry the field. */
export function isForm(contentType: string | null | undefined): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(contentType ?? '')
}
