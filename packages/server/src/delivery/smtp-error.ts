import { DeliveryError, type DeliveryFailure } from './messages.ts'

/** The members of nodemailer's errors that are read here. */
interface SmtpError {
  code?: unknown
  command?: unknown
  originalCode?: unknown
  responseCode?: unknown
  syscall?: unknown
  timeoutType?: unknown
}

const beforeAnyMessage = new Set<unknown>([
  'EAUTH',
  'ECONFIG',
  'EDNS',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
])
const certificateErrors = /^(CERT|DEPTH_ZERO|ERR_SSL|ERR_TLS|SELF_SIGNED|UNABLE_TO)_/
const beforeAnyReply = new Set<unknown>(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT'])

/** Says of an error of nodemailer whether the message, this try or the server is the reason. */
export function classifySmtpError(error: unknown): DeliveryError {
  const details: SmtpError = typeof error === 'object' && error !== null ? error : {}
  const { code, originalCode, responseCode } = details
  const name = [originalCode, code].find((value) => typeof value === 'string') ?? 'unknown'
  const label = typeof responseCode === 'number' ? `smtp_${responseCode}` : String(name)
  return new DeliveryError(failureOf(details), label, error)
}

function failureOf(error: SmtpError): DeliveryFailure {
  const { code, command, responseCode } = error
  if (beforeAnyMessage.has(code) || beforeAnyReply.has(error.timeoutType)) return 'unreachable'
  if (error.syscall === 'connect' || certificateErrors.test(String(error.originalCode))) {
    return 'unreachable'
  }
  if (code === 'EPROTOCOL' && (command === 'CONN' || command === 'EHLO' || command === 'HELO')) {
    return 'unreachable'
  }
  // 5xx is permanent (RFC 5321 §4.2.1); 503 says that the session was in disorder, and after
  // MAIL FROM it is the sender that is refused, which somebody can correct.
  const isPermanent =
    typeof responseCode === 'number' && responseCode >= 500 && responseCode !== 503
  if (isPermanent && (command === 'RCPT TO' || command === 'DATA')) return 'refused'
  return 'failed'
}
