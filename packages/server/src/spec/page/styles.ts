/** The style sheet of the reference: light and dark, from 320 px on, and for paper. */
export const styles = `
:root { color-scheme: light dark; --back: #fbfbfd; --card: #fff; --ink: #1b1f27; --soft: #565d6b;
  --line: #dde0e7; --mark: #3730a3; --tint: #f1f2f8; --good: #17663a; --good-back: #e3f4ea;
  --warn: #8a4b00; --warn-back: #fdf0dc; --bad: #a11d2b; --bad-back: #fce8ea; --info: #1d4f9c;
  --info-back: #e5eefb; --move: #6b2c91; --move-back: #f4e9fb }
@media (prefers-color-scheme: dark) { :root { --back: #0f1115; --card: #171a21; --ink: #eceef2;
  --soft: #a8afbc; --line: #303540; --mark: #a9b6ff; --tint: #1e222c; --good: #7fdca6;
  --good-back: #12301f; --warn: #f5c07a; --warn-back: #362509; --bad: #ff9ba4; --bad-back: #3d161b;
  --info: #9cc3ff; --info-back: #14274a; --move: #dcb3f7; --move-back: #321944 } }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; background: var(--back); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
main { padding: 1rem; max-width: 56rem; min-width: 0 }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .5rem 0 }
h2 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .5rem }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 0 0 .4rem }
h4 { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft);
  margin: 1.1rem 0 .4rem }
* + h3 { margin-top: 1.4rem }
.operation > h3 { margin-top: 0 }
h4 .type { text-transform: none; letter-spacing: 0 }
p { margin: .35rem 0 }
a { color: var(--mark); text-underline-offset: .15em }
h3 a { color: inherit; text-decoration: none }
h3 a:hover { text-decoration: underline }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; border-radius: .2rem }
:target { scroll-margin-top: 1rem }
.operation:target { border-color: var(--mark) }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .875em }
p code, li > a code, .values code { background: var(--tint); padding: .05em .35em;
  border-radius: .25rem }
section { margin-top: 2.5rem }
.tag { border-top: 1px solid var(--line); padding-top: 1.5rem }
.operation { margin-top: 1.25rem; padding: 1rem; border: 1px solid var(--line);
  border-radius: .6rem; background: var(--card) }
.call { display: flex; flex-wrap: wrap; gap: .3rem .5rem; align-items: baseline }
.call code { background: none; padding: 0; font-size: .95em }
.method { font: 700 .72rem/1.6 ui-monospace, SFMono-Regular, Menlo, monospace; padding: 0 .4em;
  border-radius: .25rem; background: var(--tint); white-space: nowrap }
.get { color: var(--info); background: var(--info-back) }
.post { color: var(--good); background: var(--good-back) }
.put, .patch { color: var(--warn); background: var(--warn-back) }
.delete { color: var(--bad); background: var(--bad-back) }
.audience { color: var(--soft); font-size: .92rem }
.tree { list-style: none; margin: .4rem 0; padding: 0 0 0 .8rem; border-left: 2px solid var(--line) }
.tree li { margin: .5rem 0 }
.tree p { font-size: .92rem; color: var(--soft) }
.name { font-weight: 600 }
.type { color: var(--soft); font-size: .85rem }
.required { color: var(--bad); font-size: .8rem; font-weight: 600 }
.values { color: var(--soft); font-size: .92rem }
summary { cursor: pointer }
.tree details > summary { color: var(--mark); font-size: .9rem }
.tree li > details > summary > b { font-weight: 600 }
.answers { border: 1px solid var(--line); border-radius: .5rem }
.answer { margin: 0; padding: .45rem .7rem; font-size: .95rem }
.answer + .answer { border-top: 1px solid var(--line) }
.answer > .tree { margin-top: .6rem }
.status { font-weight: 700; padding: .05em .4em; border-radius: .25rem; background: var(--tint) }
.s2 { color: var(--good); background: var(--good-back) }
.s3 { color: var(--info); background: var(--info-back) }
.s4 { color: var(--warn); background: var(--warn-back) }
.status.s5 { color: var(--bad); background: var(--bad-back) }
figure { margin: .8rem 0 0 }
figcaption { color: var(--soft); font-size: .85rem }
pre { margin: .25rem 0 0; padding: .7rem .9rem; border-radius: .5rem; background: var(--tint);
  overflow-x: auto; line-height: 1.45 }
.skip { position: absolute; left: -99rem; padding: .5rem 1rem; background: var(--card); z-index: 1 }
.skip:focus { left: .5rem; top: .5rem }
nav { padding: 1rem; border-bottom: 1px solid var(--line); background: var(--card) }
nav ul { list-style: none; margin: 0; padding: 0 }
nav > ul { display: flex; flex-wrap: wrap; gap: .35rem .9rem }
nav ul ul { display: none }
.home { font-weight: 700; margin: 0 0 .5rem }
.home a { color: inherit; text-decoration: none }
@media (min-width: 62rem) {
  body { display: grid; grid-template-columns: 20rem minmax(0, 1fr) }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; border-bottom: 0;
    border-right: 1px solid var(--line); overflow-wrap: normal }
  nav > ul { display: block }
  nav > ul > li { margin: .7rem 0 }
  nav > ul > li > a { font-weight: 600; color: var(--ink); text-decoration: none }
  nav ul ul { display: block; margin-top: .2rem }
  nav ul ul a { display: grid; grid-template-columns: 3.6rem 1fr; gap: .4rem; align-items: start;
    padding: .2rem 0; font-size: .86rem; line-height: 1.35; color: var(--ink); text-decoration: none }
  nav a:hover { text-decoration: underline }
  nav .method { justify-self: start }
  main { padding: 1.5rem 2.5rem 4rem }
  .up { display: none }
}
@media (max-width: 30rem) {
  main { padding: .75rem }
  .operation { padding: .75rem }
  h1 { font-size: 1.5rem }
  .tree { padding-left: .55rem }
}
@media print {
  :root { --back: #fff; --card: #fff; --tint: #f4f4f4 }
  body { display: block; font-size: 10pt }
  nav, .skip, .up { display: none }
  main { max-width: none; padding: 0 }
  h2, h3, h4, .call { break-after: avoid }
  .operation { border: 0; border-top: 1px solid #999; border-radius: 0; padding: .6rem 0 }
  pre { white-space: pre-wrap }
  details::details-content { content-visibility: visible; block-size: auto; display: block }
}
`
