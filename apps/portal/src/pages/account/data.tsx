import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Page } from '../../ui/page.tsx'
import { leaveDone, useSignedIn } from './signed-in.tsx'
import { useTell } from './told.tsx'
import { Dialog } from './ui/dialog.tsx'
import { saveFile } from './ui/save.ts'
import { Section } from './ui/section.tsx'
import { Wrong } from './ui/wrong.tsx'
import { useChange } from './use-change.ts'

/** All that is stored about the user: to be taken along, or deleted. */
export function Data() {
  const say = useSay()
  const { portal } = useConfiguration()
  return (
    <Page title={say('account.data')}>
      {portal.can_export_account && <Export />}
      {portal.can_delete_account && <Delete />}
    </Page>
  )
}

function Export() {
  const say = useSay()
  const tell = useTell()
  const change = useChange(() => client.exportAccount(), {
    onDone({ data }) {
      const day = new Date().toISOString().slice(0, 10)
      saveFile(`account-${day}.json`, 'application/json', JSON.stringify(data, null, 2))
      tell(say('account.exported'))
    },
  })
  return (
    <Section title={say('account.export')} intro={say('account.exportText')}>
      <Wrong of={change} />
      <div>
        <Button isPending={change.isPending} onClick={() => void change.run()}>
          {say('account.exportAction')}
        </Button>
      </div>
    </Section>
  )
}

function Delete() {
  const say = useSay()
  const [isAsked, setAsked] = useState(false)
  return (
    <Section title={say('account.delete')} intro={say('account.deleteText')}>
      <div>
        <Button look="danger" onClick={() => setAsked(true)}>
          {say('account.delete')}
        </Button>
      </div>
      <Dialog title={say('account.deleteTitle')} isOpen={isAsked} onClose={() => setAsked(false)}>
        <DeleteForm />
      </Dialog>
    </Section>
  )
}

/** Asks for the user's own name, which nobody types by mistake. */
function DeleteForm() {
  const say = useSay()
  const signedIn = useSignedIn()
  const { user } = signedIn
  const name = user.email ?? user.username ?? user.display
  const change = useChange(
    async (typed: string) => {
      if (typed.toLowerCase() !== name.toLowerCase()) {
        const error = { code: 'mismatch', message: say('account.deleteMismatch'), param: 'name' }
        return { status: 400 as const, errors: [error] }
      }
      return leaveDone(signedIn, { path: '/account/deleted' }, () => client.deleteAccount())
    },
    { onDone: () => {}, refusals: { 409: 'account.deleteRefused' } },
  )
  return (
    <>
      <p>{say('account.deleteWarning')}</p>
      <Form
        state={change}
        submit={say('account.deleteAction')}
        look="danger"
        onSubmit={(values) => change.run((values.name ?? '').trim())}
      >
        <Field
          name="name"
          label={say('account.deleteName', { name })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
        />
      </Form>
    </>
  )
}
