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

/** Says on every page that it does not show production; nothing where it does. */
export function EnvironmentNote() {
  const environment = useQuery(workspaceQuery).data?.environment;
  return environment === undefined || environment === "production" ? null : (
    <Badge tone="violation">{environmentNames[environment]}</Badge>
  );
}
