"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { messageTypes } from "@/core/event/message";
import { Input, SearchInput, Select } from "../ui/input";

/** What an address says of a timeline: what it is narrowed to, and one message of it. */
const states = {
  at: parseAsString,
  message: parseAsString,
  type: parseAsStringLiteral(messageTypes),
  search: parseAsString,
  since: parseAsString,
};

export function useTimelineState() {
  return useQueryStates(states, { history: "replace" });
}

const typeWords: Record<(typeof messageTypes)[number], string> = {
  track: "Events",
  page: "Pages",
  screen: "Screens",
  identify: "Identify calls",
  group: "Group calls",
  alias: "Aliases",
};

/** Narrows a timeline by kind, by text and by day. */
export function TimelineFilters() {
  const [{ type, search, since }, set] = useTimelineState();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 pb-2">
      <SearchInput
        aria-label="Search the timeline"
        placeholder="A name, a value, an id"
        value={search ?? ""}
        onChange={(event) => void set({ search: event.target.value || null, message: null })}
        className="w-full"
      />
      <Select
        aria-label="Kind of message"
        value={type ?? ""}
        onChange={(event) =>
          void set({ type: messageTypes.find((one) => one === event.target.value) ?? null, message: null })
        }
      >
        <option value="">All messages</option>
        {messageTypes.map((one) => (
          <option key={one} value={one}>
            {typeWords[one]}
          </option>
        ))}
      </Select>
      <div className="col-span-2 flex items-center gap-2 text-12 text-ink-2">
        <span aria-hidden>Not before</span>
        <Input
          type="date"
          aria-label="Not before"
          value={since ?? ""}
          onChange={(event) => void set({ since: event.target.value || null })}
          className="w-40"
        />
      </div>
    </div>
  );
}
