"use client";

import Link from "next/link";
import { formatCount, formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { Evidence } from "@/core/api/profiles";
import { traitText } from "../profiles/trait-text";

interface EvidenceListProps {
  profileId: string;
  evidence: readonly Evidence[];
  /** Of all that there were, where not all are listed. */
  count?: number;
}

/** The messages that decided a condition, each leading to its place in the person's timeline. */
export function EvidenceList({ profileId, evidence, count = evidence.length }: EvidenceListProps) {
  return (
    <ul className="grid gap-0.5 pt-1">
      {evidence.map((message) => (
        <li key={message.messageId}>
          <EvidenceLink profileId={profileId} message={message} />
        </li>
      ))}
      {count > evidence.length && (
        <li className="text-12 text-ink-3">and {formatCount(count - evidence.length)} before these</li>
      )}
    </ul>
  );
}

function EvidenceLink({ profileId, message }: { profileId: string; message: Evidence }) {
  const timeZone = useTimeZone();
  const at = new URLSearchParams({ at: message.timestamp, message: message.messageId });
  return (
    <Link
      href={`/profiles/${profileId}?${at}`}
      className="group grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 rounded-1 text-12 leading-5 max-desk:grid-cols-1 max-desk:py-1"
    >
      <time dateTime={message.timestamp} className="text-ink-3 tabular-nums">
        {formatMoment(message.timestamp, timeZone)}
      </time>
      <span className="min-w-0">
        <span className="font-word text-ink-2 underline-offset-3 group-hover:underline">{whatOf(message)}</span>
        {message.note && <span className="text-ink-3">, {message.note}</span>}
      </span>
    </Link>
  );
}

function whatOf({ type, event, value }: Evidence): string {
  switch (type) {
    case "identify":
      return value === undefined ? "identified" : `set to ${traitText(value) || "no value"}`;
    case "page":
      return event === "" ? "viewed a page" : `viewed page ${event}`;
    case "screen":
      return event === "" ? "viewed a screen" : `viewed screen ${event}`;
    default:
      return event;
  }
}
