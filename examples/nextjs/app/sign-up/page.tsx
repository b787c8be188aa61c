import { AccountForm } from '../account-form.tsx'

export default function SignUp() {
  return <AccountForm path="auth/signup" label="Sign up" />
}
