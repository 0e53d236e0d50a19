"use client";

import { useQuery } from "@tanstack/react-query";
import { workspaceQuery } from "@/client/queries/workspace";
import type { Workspace } from "@/core/api/workspace";
import { Badge } from "../ui/badge";

export const environmentNames: Readonly<Record<Workspace["environment"], string>> = {
  production: "Production",
  staging: "Staging",
  development: "Development",
};

/** What a workspace is for; what is not production stands out. */
export function EnvironmentBadge({ environment }: { environment: Workspace["environment"] }) {
  return <Badge tone={environment === "production" ? "plain" : "violation"}>{environmentNames[environment]}</Badge>;
}

/** Says on every page that it does not show production; nothing where it does. */
export function EnvironmentNote() {
  const environment = useQuery(workspaceQuery).data?.environment;
  return environment === undefined || environment === "production" ? null : (
    <EnvironmentBadge environment={environment} />
  );
}
