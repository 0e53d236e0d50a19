"use client";

import { useState } from "react";
import type { AudienceWithCount } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { LinkList } from "./link-list";
import { ScheduleDialog } from "./schedule-dialog";
import { ScheduleList } from "./schedule-list";

/** The files of an audience that are made by themselves, and the links that open one. */
export function AudienceFiles({ audience }: { audience: AudienceWithCount }) {
  const [adding, setAdding] = useState(false);
  const add = audience.archivedAt === null && (
    <Button look="primary" onClick={() => setAdding(true)}>
      New schedule
    </Button>
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <ScheduleList
        which={{ audienceId: audience.id }}
        more={add}
        none={
          <EmptyState title="No file is made by itself yet" className="max-w-2xl" actions={add}>
            <p>
              Have everybody who is in written into a file every hour, day or week: into S3, into a folder, or mailed to
              whoever waits for it.
            </p>
          </EmptyState>
        }
      />
      <LinkList audienceId={audience.id} />
      <ScheduleDialog audience={audience} open={adding} onClose={() => setAdding(false)} />
    </div>
  );
}
