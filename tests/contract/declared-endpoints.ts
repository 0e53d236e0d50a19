import * as accounts from "@/core/api/accounts";
import * as alerts from "@/core/api/alerts";
import * as audienceInsight from "@/core/api/audience-insight";
import * as audienceVersions from "@/core/api/audience-versions";
import * as audiences from "@/core/api/audiences";
import * as catalogue from "@/core/api/catalogue";
import * as debuggerApi from "@/core/api/debugger";
import * as destinations from "@/core/api/destinations";
import type { Endpoint } from "@/core/api/endpoint";
import * as forwarding from "@/core/api/forwarding";
import * as funnelVersions from "@/core/api/funnel-versions";
import * as funnels from "@/core/api/funnels";
import * as health from "@/core/api/health";
import * as identity from "@/core/api/identity";
import * as imports from "@/core/api/imports";
import * as ingestHealth from "@/core/api/ingest-health";
import * as membersLinks from "@/core/api/members-links";
import * as memberships from "@/core/api/memberships";
import * as profiles from "@/core/api/profiles";
import * as progress from "@/core/api/progress";
import * as schedules from "@/core/api/schedules";
import * as sources from "@/core/api/sources";
import * as suppressions from "@/core/api/suppressions";
import * as syncs from "@/core/api/syncs";
import * as trackingPlan from "@/core/api/tracking-plan";
import * as workspace from "@/core/api/workspace";
import * as workspaces from "@/core/api/workspaces";

const modules = [
  accounts,
  alerts,
  audienceInsight,
  audienceVersions,
  audiences,
  catalogue,
  debuggerApi,
  destinations,
  forwarding,
  funnelVersions,
  funnels,
  health,
  identity,
  imports,
  ingestHealth,
  membersLinks,
  memberships,
  profiles,
  progress,
  schedules,
  sources,
  suppressions,
  syncs,
  trackingPlan,
  workspace,
  workspaces,
];

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "answer" in value;
}

/** Everything that core/api declares. */
export const declaredEndpoints: readonly Endpoint[] = modules.flatMap((module) =>
  Object.values<unknown>(module).filter(isEndpoint),
);

/** `GET /api/sources/:id`. */
export const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** Answered to anybody. */
export const openPaths: ReadonlySet<string> = new Set(["/api/health", "/api/session", "/api/members-links/:id/file"]);
