"use client";

import Link from "next/link";
import { useState } from "react";
import { formatCount, formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { TrackingPlan, ViolationGroup } from "@/core/api/tracking-plan";
import type { ViolationKind } from "@/core/tracking-plan/violation";
import { Sparkline } from "../charts/sparkline";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { TextLink } from "../ui/text-link";
import { useAddToPlan } from "./use-add-to-plan";

const kindWords: Record<ViolationKind, string> = {
  unplanned_event: "Not in the plan",
  unplanned_property: "Not in the plan",
  missing: "Missing",
  wrong_type: "Wrong type",
  not_allowed: "Value not allowed",
  pattern: "Does not fit the pattern",
  range: "Out of range",
};
const callWords: Record<string, string> = { identify: "User traits", group: "Group traits" };

interface ViolationEntryProps {
  plan: TrackingPlan;
  group: ViolationGroup;
}

/** One group: what is wrong, how often and since when; examples, and a way into the plan, when opened. */
export function ViolationEntry({ plan, group }: ViolationEntryProps) {
  const [open, setOpen] = useState(false);
  const { kind, event, type, property, count, daily, firstAt, lastAt, nearest, blocked, dropped } = group;
  const name = event || callWords[type] || `A ${type} without a name`;
  const { add, adding } = useAddToPlan(plan, group);
  return (
    <li className="border-t border-line">
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="grid min-h-row min-w-0 flex-1 grid-cols-[minmax(0,1.2fr)_minmax(0,0.8fr)_70px_70px_90px] items-center gap-x-3 rounded-2 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 max-desk:grid-cols-[minmax(0,1fr)_auto]"
        >
          <span className="min-w-0">
            <span className="block truncate font-word">{name}</span>
            {property && <code className="block truncate font-mono text-12 text-ink-2">{property}</code>}
          </span>
          <span className="min-w-0 text-ink-2 max-desk:order-last max-desk:col-span-full">
            <span className="block truncate">{kindWords[kind]}</span>
            {nearest && <span className="block truncate text-12 text-violation">did you mean {nearest}?</span>}
          </span>
          <span className="max-desk:hidden">{daily.length > 1 && <Sparkline values={daily} />}</span>
          <span className="text-right text-violation tabular-nums">{formatCount(count)}</span>
          <span className="text-right text-12 text-ink-3 max-desk:hidden">
            <Age at={lastAt} />
          </span>
        </button>
        <span className="flex w-12 flex-none justify-end">
          {add && (
            <Button look="quiet" disabled={adding} aria-label={`Add ${property || name} to the plan`} onClick={add}>
              Add
            </Button>
          )}
        </span>
      </div>
      {open && <Examples group={group} firstAt={firstAt} blocked={blocked} dropped={dropped} />}
    </li>
  );
}

function Examples({
  group,
  firstAt,
  blocked,
  dropped,
}: Pick<ViolationGroup, "firstAt" | "blocked" | "dropped"> & { group: ViolationGroup }) {
  const timeZone = useTimeZone();
  return (
    <div className="mb-2 grid gap-2 rounded-3 bg-sunken p-3">
      <p className="flex flex-wrap items-center gap-2 text-ink-2">
        First {formatMoment(firstAt, timeZone)}, last {formatMoment(group.lastAt, timeZone)}.
        {blocked > 0 && <Badge tone="out">{formatCount(blocked)} held back</Badge>}
        {dropped > 0 && <Badge tone="violation">{formatCount(dropped)} cleaned</Badge>}
        {blocked > 0 && (
          <TextLink asChild>
            <Link href="/debugger?tab=kept">Replay them</Link>
          </TextLink>
        )}
      </p>
      <ul aria-label="Examples" className="grid gap-1">
        {group.examples.map(({ at, messageId, userId, anonymousId, message }) => (
          <li key={`${at} ${messageId}`} className="text-12 break-words">
            {message}{" "}
            <span className="text-ink-3">
              {formatMoment(at, timeZone)} · {userId || anonymousId || "nobody"} · {messageId}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
