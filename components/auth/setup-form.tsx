"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { messageOf } from "@/client/api-error";
import { signUp } from "@/client/auth";
import { sessionQuery } from "@/client/queries/session";
import { Button } from "../ui/button";
import { Field, Problem } from "../ui/field";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";
import { AuthPage } from "./auth-page";
import { useHydrated } from "./use-hydrated";
import { useLeaveAuth } from "./use-leave";

const passwordLength = 8;

export function SetupForm() {
  const router = useRouter();
  const leave = useLeaveAuth();
  const hydrated = useHydrated();
  const session = useQuery(sessionQuery).data;
  const create = useMutation({ mutationFn: signUp, onSuccess: leave });
  useEffect(() => {
    if (session && !session.needsOwner && create.isIdle) router.replace(session.user ? "/" : "/login");
  }, [session, create.isIdle, router]);
  return (
    <AuthPage
      title="Create the owner’s account"
      lead="This Foothold is new. Whoever makes this account owns the workspace; the data stays on this machine."
    >
      <form
        method="post"
        className="grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          create.mutate({
            name: textOf(form, "name"),
            email: textOf(form, "email"),
            password: textOf(form, "password"),
          });
        }}
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
        {create.isError && <Problem>{messageOf(create.error)}</Problem>}
        <Button
          type="submit"
          look="primary"
          disabled={!hydrated || create.isPending || create.isSuccess}
          className="mt-1 w-full"
        >
          Create account
        </Button>
      </form>
    </AuthPage>
  );
}
