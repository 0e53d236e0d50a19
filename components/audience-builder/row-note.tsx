"use client";

import { Ban, Clock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { DraftRow } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { nearestName } from "@/client/audience-draft/similarity";
import { formatCount } from "@/client/format";
import { cn } from "../ui/class-names";
import { TextLink } from "../ui/text-link";
import { type Builder, useBuilder } from "./builder-context";
import { meantEvent, unseenName } from "./event-word";
import { isUnseenProperty, propertiesOf } from "./properties-of";
import { useRowEdits } from "./use-row-edits";

/** What there is to say about a row, under its words. */
export function RowNote({ row, depth }: { row: DraftRow; depth: number }) {
  return (
    <div className="col-span-4 col-start-2 max-desk:col-span-full" style={{ paddingLeft: depth * 14 }}>
      <NoteOf row={row} />
    </div>
  );
}

/** Why it is ignored, what is wrong, how to mend it; the gravest first. */
function NoteOf({ row }: { row: DraftRow }) {
  const builder = useBuilder();
  const { remove } = useRowEdits(row.id);
  const refusal = builder.refusals.get(row.id);
  if (refusal) return <Note tone="problem">{refusal}</Note>;
  if (isUnfinished(row, builder.unfinished)) return <Note tone="wait">{unfinishedWords(row, builder)}</Note>;
  const unknown = unknownName(row, builder);
  if (unknown) return unknown;
  const figures = builder.figures.get(row.id);
  if (builder.stale || !figures) return null;
  if (figures.effect === "empties the set") {
    const before = (figures.left ?? 0) + (figures.removes ?? 0);
    return (
      <Note tone="problem">
        This row empties the set: {formatCount(before)} before it, 0 after. <TextLink onClick={remove}>Remove</TextLink>
      </Note>
    );
  }
  if (figures.effect === "changes nothing") {
    const why =
      figures.adds === undefined
        ? "the rows above already leave only such people"
        : "the rows above already let all of them in";
    return (
      <Note tone="nothing">
        Changes nothing: {why}. <TextLink onClick={remove}>Remove</TextLink>
      </Note>
    );
  }
  return null;
}

const tones = {
  wait: { icon: Clock, look: "text-ink-2" },
  wrong: { icon: TriangleAlert, look: "text-violation" },
  nothing: { icon: Ban, look: "text-ink-2" },
  problem: { icon: TriangleAlert, look: "text-out" },
} as const;

function Note({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  const { icon: Icon, look } = tones[tone];
  return (
    <p className={cn("flex items-start gap-2 pt-1", look)}>
      <Icon aria-hidden className="mt-0.5 !size-3.5" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}

function isUnfinished(row: DraftRow, unfinished: ReadonlySet<string>): boolean {
  if (row.kind === "group") return false;
  return unfinished.has(row.id) || (row.kind === "event" && row.where.some((filter) => unfinished.has(filter.id)));
}

function unfinishedWords(row: DraftRow, { unfinished }: Builder): string {
  if (row.kind === "event" && !unfinished.has(row.id)) return "A filter is not finished, so it is ignored for now.";
  return "Not finished, so it is ignored for now.";
}

/** A note on a name that nobody has sent, with the one that was probably meant. */
function unknownName(row: DraftRow, { events, traits, edit }: Builder): ReactNode {
  if (row.kind === "event" && unseenName(row, events) !== undefined) {
    const meant = meantEvent(row, events ?? []);
    const name = meant?.choice.kind === "named" ? meant.choice.event : undefined;
    return (
      <Note tone="wrong">
        No event of this name has been seen.{" "}
        {meant && (
          <TextLink onClick={() => edit((draft) => replaceRow(draft, { ...row, ...meant }))}>
            Use {name}
            {meant.type ? ` (${meant.type})` : ""}
          </TextLink>
        )}
      </Note>
    );
  }
  if (row.kind === "event") {
    const filter = row.where.find((candidate) => isUnseenProperty(candidate, row, events));
    if (!filter) return null;
    const near = nearestName(
      filter.path ?? "",
      propertiesOf(row, events ?? []).map(({ name }) => name),
    );
    const where = row.where.map((other) => (other.id === filter.id ? { ...other, path: near ?? other.path } : other));
    return (
      <Note tone="wrong">
        The event has never had a property “{filter.path}”.{" "}
        {near && <TextLink onClick={() => edit((draft) => replaceRow(draft, { ...row, where }))}>Use {near}</TextLink>}
      </Note>
    );
  }
  if (row.kind === "trait" && row.trait !== null && traits && !row.trait.startsWith("$")) {
    const names = traits.map(({ name }) => name);
    if (names.includes(row.trait)) return null;
    const near = nearestName(row.trait, names);
    return (
      <Note tone="wrong">
        Nobody has a trait of this name.{" "}
        {near && (
          <TextLink onClick={() => edit((draft) => replaceRow(draft, { ...row, trait: near }))}>Use {near}</TextLink>
        )}
      </Note>
    );
  }
  return null;
}
