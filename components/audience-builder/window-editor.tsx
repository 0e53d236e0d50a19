"use client";

import { useState } from "react";
import type { DraftWindow } from "@/client/audience-draft/draft-window";
import { type CalendarPeriod, calendarPeriods } from "@/core/audience/definition";
import type { Duration } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { Select } from "../ui/input";
import { AmountFields } from "./amount-fields";
import { Editor } from "./editor";
import { MomentField } from "./moment-field";
import { resolvedWords, resolveWindow } from "./resolved-window";
import { WindowLine } from "./window-line";
import type { Opened } from "./word-popover";

/** Windows without a calendar period, as they are chosen. */
const kinds = {
  last: "in the last",
  before_last: "more than … ago",
  between_ago: "between … ago",
  since: "since",
  before: "before",
  range: "from … to",
  after: "within … after",
} as const satisfies Record<Exclude<DraftWindow["kind"], "ever" | "calendar">, string>;

const periods = {
  today: "today",
  yesterday: "yesterday",
  this_week: "this week",
  last_week: "last week",
  this_month: "this month",
  last_month: "last month",
} as const satisfies Record<CalendarPeriod, string>;

interface WindowEditorProps {
  opened: Opened;
  window: DraftWindow;
  timeZone: string;
  /** The row asks for people who did not: whom "everyone" means is said. */
  absence: boolean;
  /** How no limit at all is called. */
  ever: string;
  onChange: (window: DraftWindow) => void;
}

/** Comparison, amount and unit, the moments that come of them, and a line that shows the side that counts. */
export function WindowEditor({ opened, window, timeZone, absence, ever, onChange }: WindowEditorProps) {
  const [now] = useState(Date.now);
  const bounds = resolveWindow(window, now, timeZone);
  return (
    <Editor opened={opened}>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Comparison"
          value={window.kind === "calendar" ? window.period : window.kind}
          onChange={(event) => {
            const next = chosenWindow(window, event.target.value);
            if (next) onChange(next);
          }}
          className="w-auto"
        >
          <option value="ever">{ever}</option>
          <Options of={kinds} />
          <optgroup label="Calendar">
            <Options of={periods} />
          </optgroup>
        </Select>
        <WindowFields key={window.kind} window={window} timeZone={timeZone} onChange={onChange} />
      </div>
      <div className="mt-3 border-t border-line pt-2.5 text-ink-2">
        <p>{resolvedWords(window, now, timeZone)}</p>
        {absence && (
          <p className="pt-1 text-12 text-ink-3">
            “Did not” is asked of everyone who could be in, also of those who are new.
          </p>
        )}
        {bounds && <WindowLine bounds={bounds} now={now} timeZone={timeZone} />}
      </div>
    </Editor>
  );
}

function Options({ of }: { of: Record<string, string> }) {
  return Object.entries(of).map(([value, words]) => (
    <option key={value} value={value}>
      {words}
    </option>
  ));
}

type FieldsProps = Pick<WindowEditorProps, "window" | "timeZone" | "onChange">;

function WindowFields({ window, timeZone, onChange }: FieldsProps) {
  switch (window.kind) {
    case "ever":
    case "calendar":
      return null;
    case "after":
      return (
        <>
          <AmountFields
            label="Time"
            value={window}
            focusFirst
            onChange={(duration) => onChange({ ...window, ...duration })}
          />
          <span className="text-ink-2">after</span>
        </>
      );
    case "last":
    case "before_last":
      return (
        <>
          <AmountFields
            label="Time"
            value={window}
            focusFirst
            onChange={(duration) => onChange({ kind: window.kind, ...duration })}
          />
          {window.kind === "before_last" && <span className="text-ink-2">ago</span>}
        </>
      );
    case "between_ago":
      return (
        <>
          <AmountFields
            label="Older"
            value={window.from}
            focusFirst
            onChange={(from) => onChange({ ...window, from })}
          />
          <span className="text-ink-2">and</span>
          <AmountFields label="Newer" value={window.to} onChange={(to) => onChange({ ...window, to })} />
          <span className="text-ink-2">ago</span>
        </>
      );
    case "since":
    case "before":
      return (
        <MomentField
          label="Moment"
          value={window.at}
          timeZone={timeZone}
          onChange={(at) => onChange({ ...window, at })}
        />
      );
    case "range":
      return (
        <>
          <MomentField
            label="From"
            value={window.from}
            timeZone={timeZone}
            onChange={(from) => onChange({ ...window, from })}
          />
          <MomentField
            label="To"
            value={window.to}
            timeZone={timeZone}
            onChange={(to) => onChange({ ...window, to })}
          />
        </>
      );
    default:
      return assertNever(window);
  }
}

/** The window that a choice stands for, going on with the amount or the moment that was there. */
function chosenWindow(window: DraftWindow, chosen: string): DraftWindow | undefined {
  const period = calendarPeriods.find((known) => known === chosen);
  if (period) return { kind: "calendar", period };
  const duration = durationIn(window);
  const at = "at" in window ? window.at : window.kind === "range" ? window.from : "";
  switch (chosen) {
    case "ever":
      return { kind: chosen };
    case "last":
    case "before_last":
      return { kind: chosen, ...duration };
    case "between_ago":
      return { kind: chosen, from: { ...duration, amount: duration.amount * 2 }, to: duration };
    case "since":
    case "before":
      return { kind: chosen, at };
    case "range":
      return { kind: chosen, from: at, to: "" };
    case "after":
      return { kind: chosen, anchor: { kind: "first_seen" }, ...duration };
    default:
      return undefined;
  }
}

function durationIn(window: DraftWindow): Duration {
  switch (window.kind) {
    case "last":
    case "before_last":
    case "after":
      return { amount: window.amount, unit: window.unit };
    case "between_ago":
      return window.to;
    default:
      return { amount: 7, unit: "day" };
  }
}
