import { useState } from "react";
import { formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { TimelineMessage } from "@/core/api/profiles";
import { CodeBlock } from "../ui/code-block";
import { TextLink } from "../ui/text-link";
import { traitText } from "./trait-text";

const carries: Record<TimelineMessage["type"], string> = {
  identify: "Traits",
  group: "Traits",
  track: "Properties",
  page: "Properties",
  screen: "Properties",
  alias: "Properties",
};

/** All of a message: its properties, its context, and how it came in. */
export function MessageDetails({ message }: { message: TimelineMessage }) {
  const timeZone = useTimeZone();
  return (
    <div className="relative z-1 mb-2 ml-[89px] grid grid-cols-[minmax(0,1fr)] gap-2 rounded-3 bg-sunken px-3 py-2">
      <Pairs title={carries[message.type]} entries={Object.entries(message.properties)} none="none" />
      <Pairs title="Context" entries={Object.entries(message.context)} />
      <Pairs
        title="Message"
        entries={[
          ["source", message.source.name],
          ["received", formatMoment(message.receivedAt, timeZone)],
          ["messageId", message.messageId],
          ["userId", message.userId],
          ["anonymousId", message.anonymousId],
        ].filter(([, value]) => value !== null)}
      />
      <RawMessage message={message} />
    </div>
  );
}

/** The message as it would be sent again. */
function RawMessage({ message }: { message: TimelineMessage }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <TextLink onClick={() => setOpen(!open)}>{open ? "Hide the JSON" : "Show the JSON"}</TextLink>
      {open && <CodeBlock label="the JSON" code={JSON.stringify(message.raw, null, 2)} />}
    </div>
  );
}

function Pairs({ title, entries, none }: { title: string; entries: (readonly unknown[])[]; none?: string }) {
  if (entries.length === 0 && none === undefined) return null;
  return (
    <div>
      <h4 className="text-12 text-ink-3">{title}</h4>
      {entries.length === 0 && <p className="text-12 text-ink-3">{none}</p>}
      <dl className="grid grid-cols-[minmax(72px,auto)_minmax(0,1fr)] gap-x-3 text-12 leading-5">
        {entries.map(([name, value]) => (
          <div key={String(name)} className="contents">
            <dt className="break-words text-ink-2">{String(name)}</dt>
            <dd className="font-mono [overflow-wrap:anywhere]">{value === null ? "null" : traitText(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
