"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { planVersionsQuery, useRestorePlan } from "@/client/queries/tracking-plan";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import { useRestore } from "../versions/use-restore";
import { VersionList } from "../versions/version-list";

/** How the plan came about. */
export function PlanVersions({ plan }: { plan: TrackingPlan }) {
  const { restore, restoring } = useRestore(plan.version, useRestorePlan(), (version) => version);
  return (
    <VersionList
      query={useInfiniteQuery(planVersionsQuery)}
      current={plan.version}
      restore={restore}
      restoring={restoring}
    />
  );
}
