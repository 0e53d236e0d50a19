"use client";

import Link from "next/link";
import { useState } from "react";
import { formatClock } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { TimelineMessage } from "@/core/api/profiles";
import { cn } from "../ui/class-names";
import { MessageDetails } from "./message-details";
import { traitText } from "./trait-text";

const words: Record<TimelineMessage["type"], string> = {
  identify: "Identified",
  track: "",
  page: "Viewed page",
  screen: "Viewed screen",
  group: "Joined group",
  alias: "Alias",
};

/** Its first properties in a line, so that most messages need not be opened. */
function gist(message: TimelineMessage): string {
  return Object.entries(message.properties)
    .slice(0, 3)
    .map(([name, value]) => `${name} ${traitText(value)}`)
    .join(" · ");
}

interface TimelineEntryProps {
  /** With whose it is, among those of several people. */
  message: TimelineMessage & { profileId?: string };
  pointedAt: boolean;
}

/** One message of a timeline: a line, and all of it when opened. */
export function TimelineEntry({ message, pointedAt }: TimelineEntryProps) {
  const timeZone = useTimeZone();
  const [open, setOpen] = useState(pointedAt);
  const isEvent = message.type === "track";
  const who = message.profileId === undefined ? null : (message.userId ?? message.anonymousId);
  const summary = [who, gist(message)].filter(Boolean).join(" · ");
  return (
    <div className="relative before:absolute before:top-0 before:bottom-0 before:left-[73px] before:w-px before:bg-line-strong">
      <button
        type="button"
        aria-expanded={open}
        aria-current={pointedAt ? "true" : undefined}
        onClick={() => setOpen(!open)}
        className="-mx-2 grid w-[calc(100%+16px)] grid-cols-[58px_15px_minmax(0,1fr)] gap-2 rounded-2 px-2 py-1 text-left transition-colors hover:bg-hover aria-[current]:bg-accent-soft"
      >
        <time dateTime={message.timestamp} className="text-12 leading-5 text-ink-3">
          {formatClock(message.timestamp, timeZone)}
        </time>
        <span
          aria-hidden
          className={cn(
            "relative z-1 mt-1.5 ml-1 size-[7px] rounded-full border-[1.5px]",
            isEvent ? "border-accent bg-accent" : "border-line-control bg-page",
          )}
        />
        <span className="min-w-0">
          <span className="block truncate">
            {words[message.type] && <span className="text-ink-3">{words[message.type]} </span>}
            <span className="font-word">{message.event}</span>
          </span>
          {summary && !open && <span className="block truncate text-12 text-ink-3">{summary}</span>}
        </span>
      </button>
      {open && message.profileId !== undefined && (
        <p className="mb-1 ml-[89px] text-12">
          <Link href={`/profiles/${message.profileId}`} className="text-accent-text hover:underline">
            Open the person
          </Link>
        </p>
      )}
      {open && <MessageDetails message={message} />}
    </div>
  );
}
