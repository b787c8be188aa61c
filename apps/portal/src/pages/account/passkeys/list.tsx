import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useSay } from '../../../lib/language.tsx'
import { Field } from '../../../ui/field.tsx'
import { Form } from '../../../ui/form.tsx'
import { useTell } from '../told.tsx'
import { Badge } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Fact } from '../ui/fact.tsx'
import { RowAction } from '../ui/row-action.tsx'
import { When } from '../ui/when.tsx'
import { useChange } from '../use-change.ts'
import type { Key } from './page.tsx'

interface KeyListProps {
  keys: readonly Key[]
  onChanged(): Promise<void>
}

/** The keys, with what can be done about each. */
export function KeyList({ keys, onChanged }: KeyListProps) {
  const say = useSay()
  const tell = useTell()
  const [renaming, setRenaming] = useState<Key | null>(null)
  const [removing, setRemoving] = useState<Key | null>(null)
  const remove = useChange(({ id }: Key) => client.removeWebAuthn({ authenticators: [id] }), {
    async onDone() {
      setRemoving(null)
      tell(say('account.keyRemoved', { name: removing?.name ?? '' }))
      await onChanged()
    },
  })
  if (keys.length === 0) return <p>{say('account.keysEmpty')}</p>
  return (
    <>
      <ul className="rows" aria-label={say('account.keys')}>
        {keys.map((key) => (
          <li key={key.id}>
            <KeyFacts of={key} />
            <div className="row-actions">
              <RowAction about={key.name} onClick={() => setRenaming(key)}>
                {say('account.rename')}
              </RowAction>
              <RowAction about={key.name} onClick={() => setRemoving(key)}>
                {say('account.remove')}
              </RowAction>
            </div>
          </li>
        ))}
      </ul>
      <Rename of={renaming} onClose={() => setRenaming(null)} onChanged={onChanged} />
      <Confirm
        title={say('account.keyRemoveTitle')}
        action={say('account.remove')}
        about={removing}
        change={remove}
        onClose={() => setRemoving(null)}
      >
        {say('account.keyRemoveText', { name: removing?.name ?? '' })}
      </Confirm>
    </>
  )
}

function KeyFacts({ of: { name, is_passwordless, created_at, last_used_at } }: { of: Key }) {
  const say = useSay()
  return (
    <div>
      <strong>
        <bdi>{name}</bdi>
      </strong>
      <div className="badges">
        <Badge look={is_passwordless ? 'good' : 'plain'}>
          {say(is_passwordless ? 'account.passkey' : 'account.securityKey')}
        </Badge>
      </div>
      <Fact label={say('account.addedAt')}>
        <When at={created_at} />
      </Fact>
      <Fact label={say('account.usedAt')}>
        {last_used_at === null ? say('account.neverUsed') : <When at={last_used_at} />}
      </Fact>
    </div>
  )
}

interface RenameProps {
  of: Key | null
  onClose(): void
  onChanged(): Promise<void>
}

function Rename({ of: key, onClose, onChanged }: RenameProps) {
  const say = useSay()
  const change = useChange((id: number, name: string) => client.renameWebAuthn({ id, name }), {
    async onDone() {
      onClose()
      await onChanged()
    },
  })
  function close(): void {
    change.reset()
    onClose()
  }
  return (
    <Dialog title={say('account.keyRenameTitle')} isOpen={key !== null} onClose={close}>
      <Form
        state={change}
        submit={say('common.save')}
        onSubmit={async ({ name = '' }) => key && change.run(key.id, name.trim())}
      >
        <Field
          name="name"
          label={say('account.keyName')}
          defaultValue={key?.name}
          maxLength={100}
          autoComplete="off"
          required
          autoFocus
        />
      </Form>
    </Dialog>
  )
}
