"use client";

import { useQuery } from "@tanstack/react-query";
import { formatChange } from "@/client/format";
import { syncsQuery } from "@/client/queries/syncs";

interface WillSendProps {
  audienceId: string;
  entering: number;
  leaving: number;
}

/** Which tools are told when people enter and leave an audience, and of how many; nothing where none is. */
export function WillSend({ audienceId, entering, leaving }: WillSendProps) {
  const syncs = useQuery(syncsQuery({})).data ?? [];
  const live = syncs.filter(({ status }) => status !== "cancelled");
  const sent = live
    .filter(({ audience }) => audience.id === audienceId)
    .map(({ destination, sendsEntering, sendsLeaving, status }) => {
      const changes = [
        ...(sendsEntering && entering > 0 ? [`${formatChange(entering)} enter`] : []),
        ...(sendsLeaving && leaving > 0 ? [`${formatChange(-leaving)} leave`] : []),
      ];
      const what = changes.length === 0 ? "nothing" : changes.join(", ");
      return `${destination.name} (${what}${status === "paused" ? ", once it is resumed" : ""})`;
    });
  const kept = live
    .filter(({ suppression }) => suppression?.id === audienceId)
    .map(({ audience, destination }) => `${audience.name} to ${destination.name}`);
  if (entering + leaving === 0 || sent.length + kept.length === 0) return null;
  return (
    <p className="text-12 text-ink-2">
      {sent.length > 0 && `Will be sent to ${sent.join("; ")}. `}
      {kept.length > 0 && `Changes who is never sent of ${kept.join("; ")}.`}
    </p>
  );
}
