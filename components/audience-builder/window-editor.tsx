"use client";

import { useState } from "react";
import type { EventWindow } from "@/core/audience/definition";
import type { Duration } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { Select } from "../ui/input";
import { AmountFields } from "./amount-fields";
import { Editor } from "./editor";
import { MomentField } from "./moment-field";
import { resolvedWords, resolveWindow } from "./resolved-window";
import { WindowLine } from "./window-line";
import type { Opened } from "./word-popover";

const kinds = {
  ever: "ever",
  last: "in the last",
  before_last: "more than",
  between_ago: "between",
  since: "since",
  before: "before",
  range: "from … to",
} as const satisfies Record<EventWindow["kind"], string>;

interface WindowEditorProps {
  opened: Opened;
  window: EventWindow;
  timeZone: string;
  /** The row asks for people who did not: whom "everyone" means is said. */
  absence: boolean;
  onChange: (window: EventWindow) => void;
}

/** Comparison, amount and unit, the moments that come of them, and a line that shows the side that counts. */
export function WindowEditor({ opened, window, timeZone, absence, onChange }: WindowEditorProps) {
  const [now] = useState(Date.now);
  const bounds = resolveWindow(window, now, timeZone);
  return (
    <Editor opened={opened}>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Comparison"
          value={window.kind}
          onChange={(event) => {
            const kind = kindOf(event.target.value);
            if (kind) onChange(changeKind(window, kind));
          }}
          className="w-auto"
        >
          {Object.entries(kinds).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
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

type FieldsProps = Pick<WindowEditorProps, "window" | "timeZone" | "onChange">;

function WindowFields({ window, timeZone, onChange }: FieldsProps) {
  switch (window.kind) {
    case "ever":
      return null;
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

function kindOf(text: string): EventWindow["kind"] | undefined {
  switch (text) {
    case "ever":
    case "last":
    case "before_last":
    case "between_ago":
    case "since":
    case "before":
    case "range":
      return text;
    default:
      return undefined;
  }
}

/** Goes on with the amount or the moment that was there. */
function changeKind(window: EventWindow, kind: EventWindow["kind"]): EventWindow {
  const duration = durationIn(window);
  const at = "at" in window ? window.at : window.kind === "range" ? window.from : "";
  switch (kind) {
    case "ever":
      return { kind };
    case "last":
    case "before_last":
      return { kind, ...duration };
    case "between_ago":
      return { kind, from: { ...duration, amount: duration.amount * 2 }, to: duration };
    case "since":
    case "before":
      return { kind, at };
    case "range":
      return { kind, from: at, to: "" };
    default:
      return assertNever(kind);
  }
}

function durationIn(window: EventWindow): Duration {
  if (window.kind === "last" || window.kind === "before_last") return { amount: window.amount, unit: window.unit };
  return window.kind === "between_ago" ? window.to : { amount: 7, unit: "day" };
}
