import { amazon } from './catalogue/amazon.ts'
import { amazonCognito } from './catalogue/amazon-cognito.ts'
import { apple } from './catalogue/apple.ts'
import { asana } from './catalogue/asana.ts'
import { atlassian } from './catalogue/atlassian.ts'
import { auth0 } from './catalogue/auth0.ts'
import { basecamp } from './catalogue/basecamp.ts'
import { battlenet } from './catalogue/battlenet.ts'
import { bitbucketOauth2 } from './catalogue/bitbucket-oauth2.ts'
import { box } from './catalogue/box.ts'
import { coinbase } from './catalogue/coinbase.ts'
import { digitalocean } from './catalogue/digitalocean.ts'
import { discord } from './catalogue/discord.ts'
import { dropbox } from './catalogue/dropbox.ts'
import { eventbrite } from './catalogue/eventbrite.ts'
import { facebook } from './catalogue/facebook.ts'
import { feishu } from './catalogue/feishu.ts'
import { figma } from './catalogue/figma.ts'
import { gitea } from './catalogue/gitea.ts'
import { github } from './catalogue/github.ts'
import { gitlab } from './catalogue/gitlab.ts'
import { google } from './catalogue/google.ts'
import { hubspot } from './catalogue/hubspot.ts'
import { kakao } from './catalogue/kakao.ts'
import { lichess } from './catalogue/lichess.ts'
import { line } from './catalogue/line.ts'
import { linkedinOauth2 } from './catalogue/linkedin-oauth2.ts'
import { mailchimp } from './catalogue/mailchimp.ts'
import { microsoft } from './catalogue/microsoft.ts'
import { miro } from './catalogue/miro.ts'
import { naver } from './catalogue/naver.ts'
import { nextcloud } from './catalogue/nextcloud.ts'
import { notion } from './catalogue/notion.ts'
import { okta } from './catalogue/okta.ts'
import { openidConnect } from './catalogue/openid-connect.ts'
import { orcid } from './catalogue/orcid.ts'
import { patreon } from './catalogue/patreon.ts'
import { paypal } from './catalogue/paypal.ts'
import { reddit } from './catalogue/reddit.ts'
import { salesforce } from './catalogue/salesforce.ts'
import { slack } from './catalogue/slack.ts'
import { snapchat } from './catalogue/snapchat.ts'
import { soundcloud } from './catalogue/soundcloud.ts'
import { spotify } from './catalogue/spotify.ts'
import { strava } from './catalogue/strava.ts'
import { stripe } from './catalogue/stripe.ts'
import { telegram } from './catalogue/telegram.ts'
import { tiktok } from './catalogue/tiktok.ts'
import { twitch } from './catalogue/twitch.ts'
import { twitterOauth2 } from './catalogue/twitter-oauth2.ts'
import { vimeoOauth2 } from './catalogue/vimeo-oauth2.ts'
import { vk } from './catalogue/vk.ts'
import { wahoo } from './catalogue/wahoo.ts'
import { yahoo } from './catalogue/yahoo.ts'
import { yandex } from './catalogue/yandex.ts'
import { zoom } from './catalogue/zoom.ts'
import type { Provider } from './provider.ts'

/** Every provider that there is, by its id. To add one: one file, and one line here. */
export const catalogue: readonly Provider[] = [
  amazon,
  amazonCognito,
  apple,
  asana,
  atlassian,
  auth0,
  basecamp,
  battlenet,
  bitbucketOauth2,
  box,
  coinbase,
  digitalocean,
  discord,
  dropbox,
  eventbrite,
  facebook,
  feishu,
  figma,
  gitea,
  github,
  gitlab,
  google,
  hubspot,
  kakao,
  lichess,
  line,
  linkedinOauth2,
  mailchimp,
  microsoft,
  miro,
  naver,
  nextcloud,
  notion,
  okta,
  openidConnect,
  orcid,
  patreon,
  paypal,
  reddit,
  salesforce,
  slack,
  snapchat,
  soundcloud,
  spotify,
  strava,
  stripe,
  telegram,
  tiktok,
  twitch,
  twitterOauth2,
  vimeoOauth2,
  vk,
  wahoo,
  yahoo,
  yandex,
  zoom,
]
