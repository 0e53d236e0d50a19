"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { formatCount, formatNoun } from "@/client/format";
import { sourceSchemaQuery } from "@/client/queries/sources";
import type { SchemaEvent } from "@/core/api/sources";
import { Sparkline } from "../charts/sparkline";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { cn } from "../ui/class-names";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { SchemaProperties } from "./schema-properties";

const keyOf = ({ type, event }: SchemaEvent) => `${type} ${event}`;

/** What a source sends: each event with its volume, and on demand its properties. */
export function SourceSchema({ id }: { id: string }) {
  const query = useQuery(sourceSchemaQuery(id));
  const [open, setOpen] = useState<string>();
  return (
    <Fetched query={query} what="The schema" loading={<ListSkeleton label="Loading the schema" />}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="text-ink-2">Nothing has come in yet. What is sent shows up here by itself.</p>
        ) : (
          <section aria-label="Schema">
            <p className="pb-2 text-ink-2">{summaryOf(items)}</p>
            <ul className="border-t border-line">
              {items.map((event) => (
                <li key={keyOf(event)} className="border-b border-line">
                  <EventRow
                    event={event}
                    open={open === keyOf(event)}
                    onToggle={() => setOpen(open === keyOf(event) ? undefined : keyOf(event))}
                  />
                  {open === keyOf(event) && <SchemaProperties source={id} type={event.type} event={event.event} />}
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Fetched>
  );
}

function summaryOf(items: readonly SchemaEvent[]): string {
  const fresh = items.filter(({ isNew }) => isNew).length;
  const what = `${formatNoun(items.length, "event")}, by how often they come.`;
  return fresh === 0 ? `${what} None is new this week.` : `${what} ${formatCount(fresh)} new this week.`;
}

interface EventRowProps {
  event: SchemaEvent;
  open: boolean;
  onToggle: () => void;
}

function EventRow({ event, open, onToggle }: EventRowProps) {
  const { type, messages, daily, isNew, firstSeen, lastSeen } = event;
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="flex min-h-10 w-full cursor-pointer flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5 text-left hover:bg-hover"
    >
      <span className="flex min-w-48 flex-1 items-center gap-2">
        <ChevronRight aria-hidden className={cn("!size-3.5 flex-none text-ink-3", open && "rotate-90")} />
        <span className="truncate font-word">{event.event || typeNames[type]}</span>
        {event.event !== "" && type !== "track" && <span className="text-12 text-ink-3">{type}</span>}
        {isNew && <Badge tone="accent">new</Badge>}
      </span>
      <Sparkline values={daily} width={80} className="max-desk:hidden" />
      <span className="w-24 text-right tabular-nums">{formatCount(messages)}</span>
      <span className="w-52 text-right text-12 text-ink-3 max-desk:hidden">
        first <Age at={firstSeen} />, last <Age at={lastSeen} />
      </span>
    </button>
  );
}

const typeNames: Readonly<Record<SchemaEvent["type"], string>> = {
  track: "Events without a name",
  page: "Pages without a name",
  screen: "Screens without a name",
  identify: "Identify: traits of people",
  group: "Group: traits of accounts",
  alias: "Alias",
};
