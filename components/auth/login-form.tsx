"use client";

import { signIn } from "@/client/auth";
import { Field } from "../ui/field";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";
import { AuthForm } from "./auth-form";

export function LoginForm() {
  return (
    <AuthForm
      at="/login"
      title="Log in"
      lead="To see who is stuck, and to reach exactly those people."
      verb="Log in"
      send={(form) => signIn({ email: textOf(form, "email"), password: textOf(form, "password") })}
    >
      <Field label="Email">
        <Input name="email" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Field label="Password">
        <Input name="password" type="password" autoComplete="current-password" required />
      </Field>
    </AuthForm>
  );
}
