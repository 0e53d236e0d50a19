"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useRestoreVersion, versionsQuery } from "@/client/queries/audience-versions";
import type { AudienceWithCount } from "@/core/api/audiences";
import { useRestore } from "../versions/use-restore";
import { VersionList } from "../versions/version-list";
import { VersionComparison } from "./version-comparison";

/** How an audience came about. */
export function Versions({ audience }: { audience: AudienceWithCount }) {
  const { id } = audience;
  const { restore, restoring } = useRestore(audience.version, useRestoreVersion(), (version) => ({ id, version }));
  return (
    <VersionList
      query={useInfiniteQuery(versionsQuery(id))}
      current={audience.version}
      restore={audience.archivedAt === null ? restore : undefined}
      restoring={restoring}
      comparison={(pair) => <VersionComparison audience={audience} {...pair} />}
    />
  );
}
