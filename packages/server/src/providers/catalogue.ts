import { amazonCognito } from './catalogue/amazon-cognito.ts'
import { asana } from './catalogue/asana.ts'
import { auth0 } from './catalogue/auth0.ts'
import { basecamp } from './catalogue/basecamp.ts'
import { battlenet } from './catalogue/battlenet.ts'
import { box } from './catalogue/box.ts'
import { coinbase } from './catalogue/coinbase.ts'
import { digitalocean } from './catalogue/digitalocean.ts'
import { eventbrite } from './catalogue/eventbrite.ts'
import { feishu } from './catalogue/feishu.ts'
import { gitea } from './catalogue/gitea.ts'
import { github } from './catalogue/github.ts'
import { google } from './catalogue/google.ts'
import { hubspot } from './catalogue/hubspot.ts'
import { lichess } from './catalogue/lichess.ts'
import { mailchimp } from './catalogue/mailchimp.ts'
import { miro } from './catalogue/miro.ts'
import { nextcloud } from './catalogue/nextcloud.ts'
import { okta } from './catalogue/okta.ts'
import { openidConnect } from './catalogue/openid-connect.ts'
import { orcid } from './catalogue/orcid.ts'
import { patreon } from './catalogue/patreon.ts'
import { paypal } from './catalogue/paypal.ts'
import { salesforce } from './catalogue/salesforce.ts'
import { snapchat } from './catalogue/snapchat.ts'
import { soundcloud } from './catalogue/soundcloud.ts'
import { strava } from './catalogue/strava.ts'
import { stripe } from './catalogue/stripe.ts'
import { telegram } from './catalogue/telegram.ts'
import { tiktok } from './catalogue/tiktok.ts'
import { vimeoOauth2 } from './catalogue/vimeo-oauth2.ts'
import { vk } from './catalogue/vk.ts'
import { wahoo } from './catalogue/wahoo.ts'
import { yandex } from './catalogue/yandex.ts'
import type { Provider } from './provider.ts'

/** Every provider that there is, by its id. To add one: one file, and one line here. */
export const catalogue: readonly Provider[] = [
  amazonCognito,
  asana,
  auth0,
  basecamp,
  battlenet,
  box,
  coinbase,
  digitalocean,
  eventbrite,
  feishu,
  gitea,
  github,
  google,
  hubspot,
  lichess,
  mailchimp,
  miro,
  nextcloud,
  okta,
  openidConnect,
  orcid,
  patreon,
  paypal,
  salesforce,
  snapchat,
  soundcloud,
  strava,
  stripe,
  telegram,
  tiktok,
  vimeoOauth2,
  vk,
  wahoo,
  yandex,
]
