import { uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OpenIdProvider } from '../provider.ts'

/**
 * It tells no address and has no userinfo endpoint. The app has the client id and secret that
 * BotFather shows under "Login Widget", not the token of the bot.
 * https://core.telegram.org/bots/telegram-login
 */
export const telegram: OpenIdProvider = {
  protocol: 'oidc',
  id: 'telegram',
  name: 'Telegram',
  scope: ['openid', 'profile'],
  clientAuth: 'client_secret_basic',
  fetchesUserinfo: false,
  // Not among the claims of its document; seen missing: https://github.com/trip2g/trip2g/issues/334
  takesNonce: false,
  issuer: () => 'https://oauth.telegram.org',
  readProfile: (claims) => ({
    // The widget of old gave this number, too. `sub` is another for each bot, and no number.
    uid: uidAt(claims, 'id'),
    emails: [],
    username: textAt(claims, 'preferred_username'),
    name: textAt(claims, 'name'),
  }),
}
