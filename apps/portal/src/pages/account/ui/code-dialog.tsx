import { useSay } from '../../../lib/language.tsx'
import { Around } from '../../../ui/around.tsx'
import { Button } from '../../../ui/button.tsx'
import { CodeField } from '../../../ui/code-field.tsx'
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
  /** Whether it is made of digits. */
  isNumeric: boolean
  verify: Change<[string]>
  /** Sends another code. Left out where nothing but beginning anew does. */
  resend?: Change<[]>
  /** Whether another code was sent meanwhile. */
  isResent?: boolean
  onClose(): void
}

/** Asks for the code that was sent to an address or number. */
export function CodeDialog(props: CodeDialogProps) {
  const { title, sentTo, name, isNumeric, verify, resend, isResent = false, onClose } = props
  const say = useSay()

  function close(): void {
    verify.reset()
    resend?.reset()
    onClose()
  }

  return (
    <Dialog title={title} isOpen={sentTo !== null} onClose={close}>
      <p className="muted">
        <Around text={say('account.codeSent')} hole="target">
          <bdi>{sentTo}</bdi>
        </Around>
      </p>
      <Form
        state={verify}
        submit={say('account.codeConfirm')}
        onSubmit={(values) => verify.run(values[name] ?? '')}
      >
        <CodeField name={name} label={say('account.code')} isNumeric={isNumeric} />
      </Form>
      {resend && <Again resend={resend} isResent={isResent} />}
    </Dialog>
  )
}

function Again({ resend, isResent }: { resend: Change<[]>; isResent: boolean }) {
  const say = useSay()
  const isRefused = resend.errors.length > 0 || resend.failure !== null
  return (
    <>
      <Wrong of={resend} />
      {isResent && !isRefused && <Notice kind="success">{say('account.codeResent')}</Notice>}
      <Button look="quiet" isPending={resend.isPending} onClick={() => void resend.run()}>
        {say('account.codeResend')}
      </Button>
    </>
  )
}
