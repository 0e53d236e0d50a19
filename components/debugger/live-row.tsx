import { formatClock } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { ArrivedMessage } from "@/core/api/debugger";
import { LiveDetails } from "./live-details";
import { VerdictBadge } from "./verdict-badge";

const callWords: Record<string, string> = {
  track: "",
  page: "page",
  screen: "screen",
  identify: "identify",
  group: "group",
  alias: "alias",
};

interface LiveRowProps {
  message: ArrivedMessage;
  source: string | undefined;
  open: boolean;
  onToggle: () => void;
}

/** One message that came in: a line, and all of it when opened. */
export function LiveRow({ message, source, open, onToggle }: LiveRowProps) {
  const timeZone = useTimeZone();
  const { type, event, userId, anonymousId, reason, violations } = message;
  const isDuplicate = message.verdict === "duplicate";
  const note = isDuplicate ? "A message with this messageId had come before." : (reason ?? violations[0]?.message);
  return (
    <div className="border-t border-line">
      <button
        type="button"
        data-live-row
        aria-expanded={open}
        onClick={onToggle}
        className="grid min-h-row w-full grid-cols-[62px_84px_minmax(0,1.1fr)_minmax(0,0.9fr)_minmax(0,0.7fr)] items-center gap-x-3 rounded-2 px-1 py-1 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2 max-desk:grid-cols-[62px_minmax(0,1fr)_auto]"
      >
        <time dateTime={message.receivedAt} className="text-12 text-ink-3 tabular-nums">
          {formatClock(message.receivedAt, timeZone)}
        </time>
        <span className="max-desk:order-last">
          <VerdictBadge verdict={message.verdict} violations={violations} />
        </span>
        <span className="min-w-0">
          <span className="block truncate">
            {callWords[type] !== "" && <span className="text-ink-3">{callWords[type] ?? (type || "message")} </span>}
            <span className="font-word">{event}</span>
          </span>
          {note && <span className="block truncate text-12 text-ink-3">{note}</span>}
        </span>
        <span className="min-w-0 truncate text-ink-2 max-desk:hidden">{userId ?? anonymousId ?? "nobody"}</span>
        <span className="min-w-0 truncate text-right text-12 text-ink-3 max-desk:hidden">
          {message.way === "replay" ? "replayed" : source}
        </span>
      </button>
      {open && <LiveDetails message={message} />}
    </div>
  );
}
