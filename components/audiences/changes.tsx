"use client";

import type { AudienceWithCount } from "@/core/api/audiences";
import { ChangeDays } from "./change-days";
import { ChangeList } from "./change-list";
import { useChangeFilter } from "./use-change-filter";
import type { LiveChanges } from "./use-live-changes";

interface ChangesProps {
  audience: AudienceWithCount;
  /** Absent of an archived audience, which nobody enters or leaves. */
  live: LiveChanges | undefined;
}

/** How many enter and leave day by day, and who it was, as it happens. */
export function Changes({ audience, live }: ChangesProps) {
  const filter = useChangeFilter();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <ChangeDays id={audience.id} onDay={filter.setDay} />
      <ChangeList audience={audience} live={live} filter={filter} />
    </div>
  );
}
