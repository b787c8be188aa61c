import { amazonCognito } from './catalogue/amazon-cognito.ts'
import { asana } from './catalogue/asana.ts'
import { auth0 } from './catalogue/auth0.ts'
import { box } from './catalogue/box.ts'
import { digitalocean } from './catalogue/digitalocean.ts'
import { gitea } from './catalogue/gitea.ts'
import { github } from './catalogue/github.ts'
import { google } from './catalogue/google.ts'
import { hubspot } from './catalogue/hubspot.ts'
import { mailchimp } from './catalogue/mailchimp.ts'
import { nextcloud } from './catalogue/nextcloud.ts'
import { okta } from './catalogue/okta.ts'
import { openidConnect } from './catalogue/openid-connect.ts'
import { patreon } from './catalogue/patreon.ts'
import { paypal } from './catalogue/paypal.ts'
import { salesforce } from './catalogue/salesforce.ts'
import { snapchat } from './catalogue/snapchat.ts'
import { strava } from './catalogue/strava.ts'
import { stripe } from './catalogue/stripe.ts'
import { telegram } from './catalogue/telegram.ts'
import { tiktok } from './catalogue/tiktok.ts'
import { vk } from './catalogue/vk.ts'
import { yandex } from './catalogue/yandex.ts'
import type { Provider } from './provider.ts'

/** Every provider that there is, by its id. To add one: one file, and one line here. */
export const catalogue: readonly Provider[] = [
  amazonCognito,
  asana,
  auth0,
  box,
  digitalocean,
  gitea,
  github,
  google,
  hubspot,
  mailchimp,
  nextcloud,
  okta,
  openidConnect,
  patreon,
  paypal,
  salesforce,
  snapchat,
  strava,
  stripe,
  telegram,
  tiktok,
  vk,
  yandex,
]
