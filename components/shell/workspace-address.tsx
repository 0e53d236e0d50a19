"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { addressIn } from "@/client/current-workspace";
import { workspaceQuery } from "@/client/queries/workspace";
import { workspacesQuery } from "@/client/queries/workspaces";

/** Keeps the workspace in the address where there are several, so that a link that is handed on leads to the same page. */
export function WorkspaceAddress() {
  const workspace = useQuery(workspaceQuery).data?.id;
  const several = (useQuery(workspacesQuery).data?.length ?? 0) > 1;
  const pathname = usePathname();
  const search = useSearchParams().toString();
  useEffect(() => {
    if (!several || workspace === undefined || new URLSearchParams(search).has("workspace")) return;
    window.history.replaceState(null, "", addressIn(workspace, `${pathname}?${search}`) + window.location.hash);
  }, [several, workspace, pathname, search]);
  return null;
}
