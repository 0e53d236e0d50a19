"use client";

import { signUp } from "@/client/auth";
import { Field } from "../ui/field";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";
import { AuthForm } from "./auth-form";

const passwordLength = 8;

export function SetupForm() {
  return (
    <AuthForm
      at="/setup"
      title="Create the owner’s account"
      lead="This Foothold is new. Whoever makes this account owns the workspace; the data stays on this machine."
      verb="Create account"
      send={(form) =>
        signUp({ name: textOf(form, "name"), email: textOf(form, "email"), password: textOf(form, "password") })
      }
    >
      <Field label="Name">
        <Input name="name" autoComplete="name" required maxLength={200} autoFocus />
      </Field>
      <Field label="Email">
        <Input name="email" type="email" autoComplete="username" required maxLength={320} />
      </Field>
      <Field label="Password" hint={`At least ${passwordLength} characters. A few words are easier to remember.`}>
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={passwordLength}
          maxLength={128}
        />
      </Field>
    </AuthForm>
  );
}
