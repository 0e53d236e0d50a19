"use client";

import type { DraftRow } from "@/client/audience-draft/draft";
import { matchesOf } from "@/client/audience-draft/matches-of-row";
import { formatCount } from "@/client/format";
import { TextLink } from "../ui/text-link";
import { type Builder, useBuilder } from "./builder-context";
import { useInAccount } from "./in-account";
import { Note } from "./note";
import { unknownName } from "./unknown-name";
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
  const inAccount = useInAccount();
  const refusal = builder.refusals.get(row.id);
  if (refusal) return <Note tone="problem">{refusal}</Note>;
  if (isUnfinished(row, builder.unfinished)) return <Note tone="wait">{unfinishedWords(row, builder)}</Note>;
  const unknown = unknownName(row, inAccount ? { ...builder, traits: builder.accountTraits } : builder);
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

function isUnfinished(row: DraftRow, unfinished: ReadonlySet<string>): boolean {
  if (row.kind === "group") return false;
  return (
    unfinished.has(row.id) ||
    matchesOf(row).some(({ match }) => match.where.some((filter) => unfinished.has(filter.id)))
  );
}

function unfinishedWords(row: DraftRow, { unfinished }: Builder): string {
  if (!unfinished.has(row.id)) return "A filter is not finished, so it is ignored for now.";
  return "Not finished, so it is ignored for now.";
}
