import { AccountForm } from '../account-form.tsx'

export default function SignIn() {
  return <AccountForm operation="logIn" />
}
