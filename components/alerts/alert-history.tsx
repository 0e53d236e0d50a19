"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { messageOf } from "@/client/api-error";
import { formatMoment } from "@/client/format";
import { alertMessagesQuery } from "@/client/queries/alerts";
import { useTimeZone } from "@/client/queries/workspace";
import type { AlertMessage } from "@/core/api/alerts";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { ListSkeleton } from "../ui/skeleton";

const kinds = { fired: "began", reminder: "still so", resolved: "over" } as const;

/** What an alert told, the latest first, and what of that failed. */
export function AlertHistory({ alertId, id }: { alertId: string; id: string }) {
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    alertMessagesQuery(alertId),
  );
  return (
    <section id={id} aria-label="History" className="border-t border-line pt-2">
      {data === undefined && !isError && <ListSkeleton rows={2} label="Loading the history" />}
      {data === undefined && isError && (
        <div className="grid justify-items-start gap-2">
          <Problem>The history could not be loaded. {messageOf(error)}</Problem>
          <Button onClick={() => void refetch()}>Retry</Button>
        </div>
      )}
      {data?.length === 0 && <p className="text-ink-3">Nothing was told yet.</p>}
      {data !== undefined && data.length > 0 && (
        <ol className="grid gap-2">
          {data.map((message) => (
            <HistoryEntry key={message.id} message={message} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button look="quiet" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
    </section>
  );
}

function HistoryEntry({ message: { kind, lines, status, failure, createdAt, toldAt } }: { message: AlertMessage }) {
  const timeZone = useTimeZone();
  return (
    <li className="grid grid-cols-[11.5rem_5rem_minmax(0,1fr)] gap-x-3 max-desk:grid-cols-[auto_minmax(0,1fr)]">
      <time dateTime={createdAt} className="text-12 leading-5 whitespace-nowrap text-ink-3">
        {formatMoment(createdAt, timeZone)}
      </time>
      <span>
        <Badge tone={kind === "resolved" ? "in" : "out"}>{kinds[kind]}</Badge>
      </span>
      <div className="min-w-0 max-desk:col-span-2">
        {lines.map(({ subjectId, text }) => (
          <p key={subjectId}>{text}</p>
        ))}
        {status === "waiting" && <p className="text-violation">Not told yet. {failure}</p>}
        {status === "gave_up" && <p className="text-out">Nobody was told. {failure}</p>}
        {status === "told" && failure !== null && <p className="text-violation">{failure}</p>}
        {status === "told" && toldAt !== null && Date.parse(toldAt) - Date.parse(createdAt) > 60_000 && (
          <p className="text-12 text-ink-3">Told at {formatMoment(toldAt, timeZone)}.</p>
        )}
      </div>
    </li>
  );
}
