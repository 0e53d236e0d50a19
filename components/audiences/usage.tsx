"use client";

import { useQuery } from "@tanstack/react-query";
import { usageQuery } from "@/client/queries/audience-versions";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { UseList } from "./use-list";

/** What would change with an audience. */
export function Usage({ id }: { id: string }) {
  const query = useQuery(usageQuery(id));
  return (
    <Fetched query={query} what="Its uses" loading={<ListSkeleton rows={3} label="Loading its uses" />}>
      {(uses) =>
        uses.length === 0 ? (
          <EmptyState title="Nothing uses this audience">
            <p>
              Other audiences and funnels that count its members are listed here, so that nobody changes it unawares.
            </p>
          </EmptyState>
        ) : (
          <UseList uses={uses} />
        )
      }
    </Fetched>
  );
}
