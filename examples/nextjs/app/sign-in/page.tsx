import { AccountForm } from '../account-form.tsx'

export default function SignIn() {
  return <AccountForm path="auth/login" label="Sign in" />
}
