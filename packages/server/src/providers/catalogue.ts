import { amazon } from './catalogue/amazon.ts'
import { apple } from './catalogue/apple.ts'
import { atlassian } from './catalogue/atlassian.ts'
import { bitbucketOauth2 } from './catalogue/bitbucket-oauth2.ts'
import { discord } from './catalogue/discord.ts'
import { dropbox } from './catalogue/dropbox.ts'
import { facebook } from './catalogue/facebook.ts'
import { figma } from './catalogue/figma.ts'
import { github } from './catalogue/github.ts'
import { gitlab } from './catalogue/gitlab.ts'
import { google } from './catalogue/google.ts'
import { kakao } from './catalogue/kakao.ts'
import { line } from './catalogue/line.ts'
import { linkedinOauth2 } from './catalogue/linkedin-oauth2.ts'
import { microsoft } from './catalogue/microsoft.ts'
import { naver } from './catalogue/naver.ts'
import { notion } from './catalogue/notion.ts'
import { openidConnect } from './catalogue/openid-connect.ts'
import { reddit } from './catalogue/reddit.ts'
import { slack } from './catalogue/slack.ts'
import { spotify } from './catalogue/spotify.ts'
import { twitch } from './catalogue/twitch.ts'
import { twitterOauth2 } from './catalogue/twitter-oauth2.ts'
import { yahoo } from './catalogue/yahoo.ts'
import { zoom } from './catalogue/zoom.ts'
import type { Provider } from './provider.ts'

/** Every provider that there is, by its id. To add one: one file, and one line here. */
export const catalogue: readonly Provider[] = [
  amazon,
  apple,
  atlassian,
  bitbucketOauth2,
  discord,
  dropbox,
  facebook,
  figma,
  github,
  gitlab,
  google,
  kakao,
  line,
  linkedinOauth2,
  microsoft,
  naver,
  notion,
  openidConnect,
  reddit,
  slack,
  spotify,
  twitch,
  twitterOauth2,
  yahoo,
  zoom,
]
