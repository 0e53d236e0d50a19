import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { sessionQuery } from "@/client/queries/session";

/** Where one wanted to go before the login page; only a path of this site. */
function destination(): string {
  const next = new URLSearchParams(window.location.search).get("next") ?? "/";
  return next.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}

/** Forgets who was signed in and goes on with a page load, so that nothing of another session is left on the page. */
export function useLeaveAuth(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    client.removeQueries({ queryKey: sessionQuery.queryKey });
    window.location.assign(destination());
  }, [client]);
}
