"use client";

import Link from "next/link";
import { formatCount, formatPeople } from "@/client/format";
import type { Sync } from "@/core/api/syncs";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Progress } from "../ui/progress";
import { Comparison } from "./comparison";
import { SyncActions } from "./sync-actions";
import { whatItDoes, whatItSends } from "./sync-words";

interface SyncCardProps {
  sync: Sync;
  /** By which of its two ends it is called here. */
  names: "audience" | "destination";
}

/** One sync: what it is doing, how far, why it does not get on, and what can be done. */
export function SyncCard({ sync, names }: SyncCardProps) {
  const { audience, destination, status, phase, trouble, people, progress, lastDeliveredAt } = sync;
  const shown = names === "audience" ? audience : destination;
  const href = names === "audience" ? `/audiences/${audience.id}?view=syncs` : `/destinations/${destination.id}`;
  const isSending = status === "running" && phase !== "changes";
  const tone = status !== "running" ? "plain" : trouble !== null ? "out" : phase === "changes" ? "in" : "accent";
  const failed = people.missed + people.stuck;
  return (
    <li className="grid gap-2 rounded-4 border border-line px-3.5 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2">
            <Link href={href} className="truncate font-head hover:underline">
              {shown.name}
            </Link>
            <Badge tone={tone}>{whatItDoes(sync)}</Badge>
          </p>
          <p className="text-ink-2">{whatItSends(sync)}</p>
        </div>
        <SyncActions sync={sync} />
      </div>
      {isSending && (
        <Progress
          label={`First sync to ${destination.name}`}
          value={progress.total === 0 ? null : progress.done / progress.total}
        />
      )}
      {trouble !== null && (
        <p role="alert" className="text-out">
          {trouble.message} Tried {formatCount(trouble.attempts)} {trouble.attempts === 1 ? "time" : "times"}; it is
          tried again by itself.
        </p>
      )}
      <p className="text-12 text-ink-3">
        {formatPeople(people.in)} there now
        {people.waiting > 0 && ` · ${formatPeople(people.waiting)} tried again soon`}
        {failed > 0 && (
          <>
            {" · "}
            <span className="text-out">{formatPeople(failed)} given up</span>
          </>
        )}
        {lastDeliveredAt && (
          <>
            {" · last delivery "}
            <Age at={lastDeliveredAt} />
          </>
        )}
      </p>
      {status === "running" && phase === "changes" && <Comparison sync={sync} />}
    </li>
  );
}
