import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { Change } from '../use-change.ts'
import { Dialog } from './dialog.tsx'
import { Wrong } from './wrong.tsx'

interface CodeDialogProps {
  title: string
  /** The address or number that the code was sent to; null while no code is asked for. */
  sentTo: string | null
  /** How the API names the code. */
  name: 'key' | 'code'
  verify: Change<[string]>
  resend: Change<[]>
  /** Whether another code was sent meanwhile. */
  isResent: boolean
  onClose(): void
}

/** Asks for the code that was sent to an address or number. */
export function CodeDialog(props: CodeDialogProps) {
  const { title, sentTo, name, verify, resend, isResent, onClose } = props
  const say = useSay()
  const [before, after] = say('account.codeSent').split('{target}')
  const isRefused = resend.errors.length > 0 || resend.failure !== null

  function close(): void {
    verify.reset()
    resend.reset()
    onClose()
  }

  return (
    <Dialog title={title} isOpen={sentTo !== null} onClose={close}>
      <p className="muted">
        {before}
        <bdi>{sentTo}</bdi>
        {after}
      </p>
      <Form
        state={verify}
        submit={say('account.codeConfirm')}
        onSubmit={(values) => verify.run(values[name] ?? '')}
      >
        <Field
          name={name}
          label={say('account.code')}
          className="code"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          required
          autoFocus
        />
      </Form>
      <Wrong of={resend} />
      {isResent && !isRefused && <Notice kind="success">{say('account.codeResent')}</Notice>}
      <Button look="quiet" isPending={resend.isPending} onClick={() => void resend.run()}>
        {say('account.codeResend')}
      </Button>
    </Dialog>
  )
}
