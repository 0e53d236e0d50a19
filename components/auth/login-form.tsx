"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { messageOf } from "@/client/api-error";
import { signIn } from "@/client/auth";
import { sessionQuery } from "@/client/queries/session";
import { Button } from "../ui/button";
import { Field, Problem } from "../ui/field";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";
import { AuthPage } from "./auth-page";
import { useHydrated } from "./use-hydrated";
import { useLeaveAuth } from "./use-leave";

export function LoginForm() {
  const router = useRouter();
  const leave = useLeaveAuth();
  const hydrated = useHydrated();
  const session = useQuery(sessionQuery).data;
  const login = useMutation({ mutationFn: signIn, onSuccess: leave });
  useEffect(() => {
    if (session?.needsOwner) router.replace("/setup");
    else if (session?.user && login.isIdle) leave();
  }, [session, login.isIdle, leave, router]);
  return (
    <AuthPage title="Log in" lead="To see who is stuck, and to reach exactly those people.">
      <form
        method="post"
        className="grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          login.mutate({ email: textOf(form, "email"), password: textOf(form, "password") });
        }}
      >
        <Field label="Email">
          <Input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Password">
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
        {login.isError && <Problem>{messageOf(login.error)}</Problem>}
        <Button
          type="submit"
          look="primary"
          disabled={!hydrated || login.isPending || login.isSuccess}
          className="mt-1 w-full"
        >
          Log in
        </Button>
      </form>
    </AuthPage>
  );
}
