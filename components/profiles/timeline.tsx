"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { formatDate, formatMoment } from "@/client/format";
import { accountMessagesQuery } from "@/client/queries/accounts";
import { messagesQuery } from "@/client/queries/profiles";
import { useTimeZone } from "@/client/queries/workspace";
import type { TimelineMessage } from "@/core/api/profiles";
import { dateOf } from "@/core/audience/date";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { useDebounced } from "../ui/use-debounced";
import { usePageVirtualizer } from "../ui/use-page-virtualizer";
import { TimelineEntry } from "./timeline-entry";
import { TimelineFilters, useTimelineState } from "./timeline-filters";

/** Of an account it says whose it is. */
type Message = TimelineMessage & { profileId?: string };
type Row = { kind: "day"; day: string } | { kind: "message"; message: Message };

/** Messages, newest first, under the days on which they happened in the workspace's zone. */
function rowsOf(messages: readonly Message[], timeZone: string): Row[] {
  let day = "";
  return messages.flatMap((message): Row[] => {
    const itsDay = formatDate(message.timestamp, timeZone);
    const row: Row = { kind: "message", message };
    if (itsDay === day) return [row];
    day = itsDay;
    return [{ kind: "day", day }, row];
  });
}

/** Everything a person did, or the people of an account; from the moment back that the address names, if it names one. */
export function Timeline({ id, of = "person" }: { id: string; of?: "person" | "account" }) {
  const [{ at, message, type, search, since }, point] = useTimelineState();
  const timeZone = useTimeZone();
  const until = at !== null && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : undefined;
  const wanted = useDebounced(search?.trim() ?? "", 150);
  const midnight = since === null ? undefined : dateOf(since, timeZone);
  const from = midnight === undefined ? undefined : new Date(midnight).toISOString();
  const filter = { until, since: from, type: type ?? undefined, search: wanted === "" ? undefined : wanted };
  const ofPerson = useInfiniteQuery({ ...messagesQuery(id, filter), enabled: of === "person" });
  const ofAccount = useInfiniteQuery({ ...accountMessagesQuery(id, filter), enabled: of === "account" });
  const messages = of === "account" ? ofAccount : ofPerson;
  const isNarrowed = type !== null || wanted !== "" || from !== undefined;
  return (
    <section aria-label="Timeline">
      <div className="flex items-baseline justify-between pb-2">
        <h2 className="font-head">{of === "account" ? "What its people did" : "Timeline"}</h2>
        <span className="text-12 text-ink-3">{timeZone}</span>
      </div>
      <TimelineFilters />
      {until && (
        <p className="mb-2 rounded-3 bg-sunken px-3 py-1.5 text-12 text-ink-2">
          From {formatMoment(until, timeZone)} back.{" "}
          <TextLink onClick={() => void point({ at: null, message: null })}>Show the latest</TextLink>
        </p>
      )}
      <Fetched query={messages} what="The timeline" loading={<ListSkeleton rows={10} label="Loading the timeline" />}>
        {({ pages }) => {
          const items = pages.flatMap((page): Message[] => page.items);
          if (items.length === 0 && isNarrowed) {
            return (
              <p className="border-t border-line py-2 text-ink-3">
                No message fits.{" "}
                <TextLink onClick={() => void point({ type: null, search: null, since: null, message: null })}>
                  Show all
                </TextLink>
              </p>
            );
          }
          return <TimelineRows rows={rowsOf(items, timeZone)} pointedAt={message} onNearEnd={nextPage(messages)} />;
        }}
      </Fetched>
      <NextPageProblem query={messages} />
    </section>
  );
}

interface TimelineRowsProps {
  rows: readonly Row[];
  pointedAt: string | null;
  onNearEnd?: () => void;
}

function TimelineRows({ rows, pointedAt, onNearEnd }: TimelineRowsProps) {
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
                <TimelineEntry
                  key={`${row.message.messageId} ${row.message.messageId === pointedAt}`}
                  message={row.message}
                  pointedAt={row.message.messageId === pointedAt}
                />
              )}
            </li>
          )
        );
      })}
    </ol>
  );
}
