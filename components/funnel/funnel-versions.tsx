"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { funnelVersionsQuery, useRestoreFunnelVersion } from "@/client/queries/funnel-versions";
import type { Funnel } from "@/core/api/funnels";
import { useRestore } from "../versions/use-restore";
import { VersionList } from "../versions/version-list";
import { FunnelComparison } from "./funnel-comparison";

interface FunnelVersionsProps {
  funnel: Funnel;
  /** What is saved is another version now. */
  onRestored: (saved: Funnel) => void;
}

/** How a funnel came about. */
export function FunnelVersions({ funnel, onRestored }: FunnelVersionsProps) {
  const { id } = funnel;
  const asked = (version: number) => ({ id, version });
  const { restore, restoring } = useRestore(funnel.version, useRestoreFunnelVersion(), asked, onRestored);
  return (
    <VersionList
      query={useInfiniteQuery(funnelVersionsQuery(id))}
      current={funnel.version}
      restore={funnel.archivedAt === null ? restore : undefined}
      restoring={restoring}
      comparison={(pair) => <FunnelComparison id={id} {...pair} />}
    />
  );
}
