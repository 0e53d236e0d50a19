"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { schedulesQuery } from "@/client/queries/schedules";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { ScheduleCard } from "./schedule-card";

interface ScheduleListProps {
  which: { audienceId: string } | { destinationId: string };
  /** Where there is none. */
  none: ReactNode;
  /** After those that there are. */
  more?: ReactNode;
}

/** The files on a schedule of an audience or of a destination. */
export function ScheduleList({ which, none, more }: ScheduleListProps) {
  const query = useQuery(schedulesQuery(which));
  return (
    <Fetched query={query} what="The schedules" loading={<ListSkeleton rows={2} label="Loading schedules" />}>
      {(schedules) =>
        schedules.length === 0 ? (
          none
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
            <ul aria-label="Schedules" className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-2.5">
              {schedules.map((schedule) => (
                <ScheduleCard
                  key={schedule.id}
                  schedule={schedule}
                  names={"audienceId" in which ? "destination" : "audience"}
                />
              ))}
            </ul>
            {more && <div>{more}</div>}
          </div>
        )
      }
    </Fetched>
  );
}
