import { AccountForm } from '../account-form.tsx'

export default function SignUp() {
  return <AccountForm operation="signUp" />
}
