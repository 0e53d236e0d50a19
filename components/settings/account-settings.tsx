"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { messageOf } from "@/client/api-error";
import { signOut } from "@/client/auth";
import { sessionQuery } from "@/client/queries/session";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { SettingsSection } from "./settings-section";

export function AccountSettings() {
  const user = useQuery(sessionQuery).data?.user;
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => window.location.assign("/login") });
  return (
    <SettingsSection title="Account" lead="The owner of this installation.">
      <div className="grid justify-items-start gap-3">
        {user && (
          <p>
            {user.name} <span className="text-ink-3">{user.email}</span>
          </p>
        )}
        {leave.isError && <Problem>{messageOf(leave.error)}</Problem>}
        <Button disabled={leave.isPending} onClick={() => leave.mutate()}>
          Log out
        </Button>
      </div>
    </SettingsSection>
  );
}
