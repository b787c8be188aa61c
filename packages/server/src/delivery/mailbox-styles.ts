/** The style sheet of the development mailbox: light and dark, from 320 px on. */
export const mailboxStyles = `
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --ink: #1b1f27; --soft: #59606e;
  --line: #d9dde4; --mark: #3730a3; --tint: #eef0fb }
@media (prefers-color-scheme: dark) { :root { --back: #0f1115; --card: #1a1d24; --ink: #eceef2;
  --soft: #a5acb9; --line: #343945; --mark: #a5b4fc; --tint: #262b3b } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: var(--back); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
  justify-content: space-between }
h1 { font-size: 1.4rem; line-height: 1.3; margin: .5rem 0 }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
p { margin: .25rem 0 }
a { color: var(--mark) }
a:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px }
.soft { color: var(--soft); font-size: .9rem }
.button { padding: .4rem .9rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); text-decoration: none }
.list { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .75rem }
.list li { padding: .9rem 1rem; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--card) }
.list li > a:first-child { font-weight: 600 }
output { display: inline-block; padding: .1rem .6rem; border-radius: .4rem; background: var(--tint);
  font: 600 1.15rem ui-monospace, monospace; user-select: all; -webkit-user-select: all }
pre { margin: 0; padding: 1rem; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--card); font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap }
iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: .6rem }
`
