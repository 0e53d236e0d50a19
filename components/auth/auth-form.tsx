"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { messageOf } from "@/client/api-error";
import { sessionQuery } from "@/client/queries/session";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { AuthPage } from "./auth-page";
import { useHydrated } from "./use-hydrated";
import { useLeaveAuth } from "./use-leave";

interface AuthFormProps {
  /** The address of the page that the form is on. */
  at: "/login" | "/setup";
  title: string;
  lead: string;
  /** What the button does. */
  verb: string;
  send: (form: FormData) => Promise<unknown>;
  /** The fields. */
  children: ReactNode;
}

/** The form of a page before one is in. Whoever has nothing to do here is led to where they have. */
export function AuthForm({ at, title, lead, verb, send, children }: AuthFormProps) {
  const router = useRouter();
  const leave = useLeaveAuth();
  const hydrated = useHydrated();
  const session = useQuery(sessionQuery).data;
  const sending = useMutation({ mutationFn: send, onSuccess: leave });
  const { isIdle } = sending;
  useEffect(() => {
    if (!session || !isIdle) return;
    const place = session.needsOwner ? "/setup" : "/login";
    if (session.user && !session.needsOwner) leave();
    else if (place !== at) router.replace(place);
  }, [session, isIdle, at, leave, router]);
  return (
    <AuthPage title={title} lead={lead}>
      <form
        method="post"
        className="grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate(new FormData(event.currentTarget));
        }}
      >
        {children}
        {sending.isError && <Problem>{messageOf(sending.error)}</Problem>}
        <Button
          type="submit"
          look="primary"
          disabled={!hydrated || sending.isPending || sending.isSuccess}
          className="mt-1 w-full"
        >
          {verb}
        </Button>
      </form>
    </AuthPage>
  );
}
