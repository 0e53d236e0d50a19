"use client";

import { formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { Alert } from "@/core/api/alerts";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";

export function isMuted({ mutedUntil }: Pick<Alert, "mutedUntil">): boolean {
  return mutedUntil !== null && Date.parse(mutedUntil) > Date.now();
}

/** How it stands: quiet, or what fires since when, and whether somebody could be told. */
export function AlertState({ alert }: { alert: Alert }) {
  const { firings, lastMessage, mutedUntil } = alert;
  const timeZone = useTimeZone();
  const muted = isMuted(alert);
  return (
    <div className="grid gap-1.5">
      <p className="flex flex-wrap items-center gap-2 text-12 text-ink-3">
        <Badge tone={firings.length > 0 ? "out" : "in"}>{firings.length > 0 ? "firing" : "quiet"}</Badge>
        {muted && mutedUntil !== null && <Badge>muted until {formatMoment(mutedUntil, timeZone)}</Badge>}
        {lastMessage?.toldAt && (
          <span>
            told <Age at={lastMessage.toldAt} />
          </span>
        )}
      </p>
      {firings.length > 0 && (
        <ul className="grid gap-1">
          {firings.map(({ subjectId, text, firedAt }) => (
            <li key={subjectId} className="text-ink">
              {text}{" "}
              <span className="text-12 text-ink-3">
                fired <Age at={firedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {lastMessage !== null && lastMessage.failure !== null && (
        <p role="alert" className="text-out">
          {lastMessage.status === "told" ? "Not everybody was told." : "Nobody could be told."} {lastMessage.failure}{" "}
          {lastMessage.status === "waiting" && "It is tried again by itself."}
          {lastMessage.status === "gave_up" && "It is not tried again."}
        </p>
      )}
    </div>
  );
}
