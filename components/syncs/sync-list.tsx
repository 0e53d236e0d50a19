"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { syncsQuery } from "@/client/queries/syncs";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { SyncCard } from "./sync-card";

interface SyncListProps {
  which: { audienceId: string } | { destinationId: string };
  /** Where there is none. */
  none: ReactNode;
}

/** The syncs of an audience or of a destination, with what each is doing. */
export function SyncList({ which, none }: SyncListProps) {
  const query = useQuery(syncsQuery(which));
  return (
    <Fetched query={query} what="The syncs" loading={<ListSkeleton rows={2} label="Loading syncs" />}>
      {(syncs) =>
        syncs.length === 0 ? (
          none
        ) : (
          <ul className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-2.5">
            {syncs.map((sync) => (
              <SyncCard key={sync.id} sync={sync} names={"audienceId" in which ? "destination" : "audience"} />
            ))}
          </ul>
        )
      }
    </Fetched>
  );
}
