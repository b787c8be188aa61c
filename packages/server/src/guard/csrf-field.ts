/** The field of a form that carries the token, as forms of Django have it. */
export const csrfField = 'csrfmiddlewaretoken'
