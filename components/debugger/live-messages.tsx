"use client";

import { useQuery } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, useState } from "react";
import { formatNoun } from "@/client/format";
import { sourcesQuery } from "@/client/queries/sources";
import type { ArrivedMessage } from "@/core/api/debugger";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { TextLink } from "../ui/text-link";
import { usePageVirtualizer } from "../ui/use-page-virtualizer";
import { LiveRow } from "./live-row";
import { MessageFilter, useMessageFilter } from "./message-filter";
import { type LiveMessages as Live, useLiveMessages } from "./use-live-messages";

/** Messages as they come in. Paused, or while one is open, the list stands still and what comes is counted. */
export function LiveMessages() {
  const [{ source, event, user, type, verdict }] = useMessageFilter();
  const live = useLiveMessages({
    sourceId: source ?? undefined,
    event: event ?? undefined,
    user: user ?? undefined,
    type: type ?? undefined,
    verdict: verdict ?? undefined,
  });
  const [paused, setPaused] = useState(false);
  const [open, setOpen] = useState<ArrivedMessage | null>(null);
  const [still, setStill] = useState<readonly ArrivedMessage[] | null>(null);
  const holds = paused || open !== null;
  if (holds && still === null) setStill(live.messages);
  if (!holds && still !== null) setStill(null);
  const shown = still ?? live.messages;
  const waiting = still === null ? 0 : newerThan(live.messages, still[0]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <MessageFilter live />
        <div className="ml-auto flex items-center gap-3">
          <Status live={live} holds={holds} isOpen={open !== null} waiting={waiting} />
          <Button onClick={() => setPaused(!paused)}>
            {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
            {paused ? "Go on" : "Pause"}
          </Button>
        </div>
      </div>
      {shown.length === 0 ? (
        <NothingYet connected={live.state === "open"} />
      ) : (
        <Rows messages={shown} open={open} onOpen={setOpen} />
      )}
    </div>
  );
}

function newerThan(messages: readonly ArrivedMessage[], newest: ArrivedMessage | undefined): number {
  const at = newest === undefined ? -1 : messages.indexOf(newest);
  return at === -1 ? messages.length : at;
}

interface StatusProps {
  live: Live;
  holds: boolean;
  isOpen: boolean;
  waiting: number;
}

function Status({ live, holds, isOpen, waiting }: StatusProps) {
  const why = isOpen ? "Held while a message is open" : "Paused";
  const words =
    live.state === "lost"
      ? "The connection is lost; it is tried again."
      : holds
        ? `${why} · ${formatNoun(waiting, "new message")}`
        : live.state === "open"
          ? "Live"
          : "Connecting";
  return (
    <p role="status" className="text-12 text-ink-3">
      {words}
      {live.skipped > 0 && ` · ${formatNoun(live.skipped, "more", "more")} came by too fast to be listed`}
    </p>
  );
}

function NothingYet({ connected }: { connected: boolean }) {
  return (
    <EmptyState title={connected ? "No message yet" : "Connecting"} className="max-w-2xl">
      <p>
        Messages are shown here as they come in, with what became of each. These are the last ones since the server was
        started; what is stored is on the pages of <PeopleLink />.
      </p>
    </EmptyState>
  );
}

function PeopleLink() {
  return (
    <TextLink asChild>
      <Link href="/profiles">people</Link>
    </TextLink>
  );
}

interface RowsProps {
  messages: readonly ArrivedMessage[];
  open: ArrivedMessage | null;
  onOpen: (message: ArrivedMessage | null) => void;
}

/** Up and down go from one message to the next. */
function onArrow(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (!(event.target instanceof HTMLElement) || event.target.closest("pre")) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-live-row]")];
  const at = buttons.indexOf(event.target);
  const next = buttons[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Rows({ messages, open, onOpen }: RowsProps) {
  const sources = useQuery(sourcesQuery).data ?? [];
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  const list = usePageVirtualizer<HTMLOListElement>({ count: messages.length, rowHeight: 44 });
  return (
    <ol ref={list.ref} aria-label="Messages" className="relative" style={{ height: list.height }} onKeyDown={onArrow}>
      {list.rows.map((shown) => {
        const message = messages[shown.index];
        return (
          message && (
            <li
              key={shown.key}
              data-index={shown.index}
              ref={list.measure}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${shown.start - list.top}px)` }}
            >
              <LiveRow
                message={message}
                source={names.get(message.sourceId)}
                open={message === open}
                onToggle={() => onOpen(message === open ? null : message)}
              />
            </li>
          )
        );
      })}
    </ol>
  );
}
