"use client";

import { useState } from "react";
import { formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { KeptMessage } from "@/core/api/debugger";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { JsonView } from "./json-view";
import { useReplaying } from "./use-replaying";
import { VerdictBadge, verdictWords } from "./verdict-badge";
import { ViolationList } from "./violation-list";

interface KeptRowProps {
  message: KeptMessage;
  chosen: boolean;
  onChoose: () => void;
}

/** One message that is kept aside: why, what was sent, and what a replay made of it. */
export function KeptRow({ message, chosen, onChoose }: KeptRowProps) {
  const timeZone = useTimeZone();
  const [open, setOpen] = useState(false);
  const { replay, replaying } = useReplaying();
  const passed = message.replay?.outcome === "accepted";
  const name = message.event || message.type || "a message";
  const canReplay = message.replayable && !passed;
  return (
    <li className="border-t border-line">
      <div className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-2">
        {canReplay ? (
          <Checkbox checked={chosen} onChange={onChoose} label={<span className="sr-only">Choose {name}</span>} />
        ) : (
          <span />
        )}
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="grid min-h-row min-w-0 grid-cols-[150px_90px_minmax(0,1fr)_minmax(0,0.6fr)] items-center gap-x-3 rounded-2 px-1 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 max-desk:grid-cols-[minmax(0,1fr)_auto]"
        >
          <time dateTime={message.receivedAt} className="text-12 text-ink-3 tabular-nums max-desk:order-3">
            {formatMoment(message.receivedAt, timeZone).replace(/^\w+ /, "")}
          </time>
          <span className="max-desk:order-2">
            <VerdictBadge verdict={passed ? "accepted" : message.verdict} />
          </span>
          <span className="min-w-0">
            <span className="block truncate font-word">{name}</span>
            <span className="block truncate text-12 text-ink-3">
              {passed ? "Replayed, and taken." : message.message}
            </span>
          </span>
          <span className="truncate text-ink-2 max-desk:order-4 max-desk:text-right">
            {message.userId ?? message.anonymousId ?? ""}
          </span>
        </button>
        {canReplay ? (
          <Button
            look="quiet"
            disabled={replaying}
            aria-label={`Replay ${name}`}
            onClick={() => replay({ ids: [message.id] })}
          >
            Replay
          </Button>
        ) : (
          <span />
        )}
      </div>
      {open && (
        <div className="mb-2 grid gap-2 rounded-3 bg-sunken p-3">
          <p className="break-words text-ink-2">
            {message.message} <code className="font-mono text-12 text-ink-3">{message.code}</code>
            {message.line !== null && ` Line ${message.line} of an import.`}
          </p>
          <ViolationList violations={message.violations} />
          {message.replay && (
            <p className="text-ink-2">
              Replayed {formatMoment(message.replay.at, timeZone)}: {verdictWords(message.replay.outcome).toLowerCase()}
              . {message.replay.message}
            </p>
          )}
          {!message.replayable && <p className="text-ink-2">It is not kept whole, so it cannot be replayed.</p>}
          <JsonView title="As it was sent" value={pretty(message.raw)} />
        </div>
      )}
    </li>
  );
}

function pretty(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text || "Nothing of it could be read.";
  }
}
