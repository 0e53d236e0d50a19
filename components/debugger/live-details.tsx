import Link from "next/link";
import { formatMoment, formatSeconds } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { ArrivedMessage } from "@/core/api/debugger";
import { TextLink } from "../ui/text-link";
import { JsonView } from "./json-view";
import { ViolationList } from "./violation-list";

const enforcedWords = {
  mark: "It was taken as it is, and marked.",
  drop: "It was taken without what is wrong.",
  block: "It was held back; it can be replayed once the plan or its sender is mended.",
} as const;

/** By how much a sender's clock was off; a second and less is the way through the network. */
function clockWords(clockMs: number): string | null {
  if (Math.abs(clockMs) < 1_000) return null;
  const off = formatSeconds(Math.abs(clockMs) / 1000);
  return clockMs > 0 ? `Its sender’s clock was ${off} behind.` : `Its sender’s clock was ${off} ahead.`;
}

/** A message as it was sent beside what was made of it, and all that was found out on the way. */
export function LiveDetails({ message }: { message: ArrivedMessage }) {
  const timeZone = useTimeZone();
  const { normalised, reason, code, profileId, violations, enforced, clockMs } = message;
  const clock = clockWords(clockMs);
  return (
    <div className="grid gap-3 rounded-3 bg-sunken p-3 max-desk:p-2">
      <div className="grid gap-1">
        {reason && (
          <p className="text-out">
            {reason} <code className="font-mono text-12 text-ink-3">{code}</code>
          </p>
        )}
        <ViolationList violations={violations} />
        {enforced && <p className="text-ink-2">{enforcedWords[enforced]}</p>}
        {normalised && (
          <p className="text-ink-2">
            Happened {formatMoment(normalised.timestamp, timeZone)}, received{" "}
            {formatMoment(message.receivedAt, timeZone)}. {clock}
          </p>
        )}
        {profileId && (
          <p>
            <TextLink asChild>
              <Link href={`/profiles/${profileId}`}>The person it joined</Link>
            </TextLink>
          </p>
        )}
      </div>
      <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
        <JsonView
          title="As it was sent"
          value={message.raw ?? "It is too long to be held here. The list of what is kept aside may have it."}
        />
        {normalised ? (
          <JsonView title="As it is stored" value={normalised} />
        ) : (
          <p className="self-center text-center text-ink-3">Nothing of it is stored.</p>
        )}
      </div>
    </div>
  );
}
