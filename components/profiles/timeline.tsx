"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { formatDate } from "@/client/format";
import { messagesQuery } from "@/client/queries/profiles";
import { useTimeZone } from "@/client/queries/workspace";
import type { TimelineMessage } from "@/core/api/profiles";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { usePageVirtualizer } from "../ui/use-page-virtualizer";
import { TimelineEntry } from "./timeline-entry";

type Row = { kind: "day"; day: string } | { kind: "message"; message: TimelineMessage };

/** Messages, newest first, under the days on which they happened in the workspace's zone. */
function rowsOf(messages: readonly TimelineMessage[], timeZone: string): Row[] {
  let day = "";
  return messages.flatMap((message): Row[] => {
    const itsDay = formatDate(message.timestamp, timeZone);
    const row: Row = { kind: "message", message };
    if (itsDay === day) return [row];
    day = itsDay;
    return [{ kind: "day", day }, row];
  });
}

/** Everything a person did. */
export function Timeline({ id }: { id: string }) {
  const messages = useInfiniteQuery(messagesQuery(id));
  const timeZone = useTimeZone();
  return (
    <section aria-label="Timeline">
      <div className="flex items-baseline justify-between pb-2">
        <h2 className="font-head">Timeline</h2>
        <span className="text-12 text-ink-3">{timeZone}</span>
      </div>
      <Fetched query={messages} what="The timeline" loading={<ListSkeleton rows={10} label="Loading the timeline" />}>
        {({ pages }) => (
          <TimelineRows
            rows={rowsOf(
              pages.flatMap((page) => page.items),
              timeZone,
            )}
            onNearEnd={nextPage(messages)}
          />
        )}
      </Fetched>
      <NextPageProblem query={messages} />
    </section>
  );
}

function TimelineRows({ rows, onNearEnd }: { rows: readonly Row[]; onNearEnd?: () => void }) {
  const list = usePageVirtualizer<HTMLOListElement>({ count: rows.length, rowHeight: 28, onNearEnd });
  return (
    <ol ref={list.ref} className="relative" style={{ height: list.height }}>
      {list.rows.map((shown) => {
        const row = rows[shown.index];
        return (
          row && (
            <li
              key={shown.key}
              data-index={shown.index}
              ref={list.measure}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${shown.start - list.top}px)` }}
            >
              {row.kind === "day" ? (
                <h3 className="pt-3 pb-1 text-12 text-ink-3">{row.day}</h3>
              ) : (
                <TimelineEntry message={row.message} />
              )}
            </li>
          )
        );
      })}
    </ol>
  );
}
