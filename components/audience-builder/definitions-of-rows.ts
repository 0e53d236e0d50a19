import type { AudienceDraft, DraftRow, GroupRow } from "@/client/audience-draft/draft";
import { findRow } from "@/client/audience-draft/rows";
import { type Compiled, toDefinition } from "@/client/audience-draft/to-definition";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { Builder } from "./builder-context";

/** Definitions of the people behind a row's figures. */
export function definitionsOfRows(draft: AudienceDraft, { definition }: Compiled): Pick<Builder, "aloneOf" | "downTo"> {
  return {
    aloneOf(rowId) {
      const row = aloneIn(draft.rows, rowId);
      return row && definitionOf({ ...draft, rows: [row] });
    },
    downTo(rowId) {
      const rows = rowsDownTo(draft.rows, rowId);
      return definition && rows ? definitionOf({ ...draft, rows }) : undefined;
    },
  };
}

function definitionOf(draft: AudienceDraft): AudienceDefinition | undefined {
  return toDefinition(draft).definition ?? undefined;
}

/** The row, within an account where it is asked of one. */
function aloneIn(rows: readonly DraftRow[], rowId: string): DraftRow | undefined {
  const account = rows.find(
    (row): row is GroupRow => row.kind === "group" && row.of === "account" && findRow(row.rows, rowId) !== undefined,
  );
  if (account) {
    const inner = aloneIn(account.rows, rowId);
    return inner && { ...account, mode: "all", rows: [inner] };
  }
  for (const row of rows) {
    if (row.id === rowId) return row;
    const inner = row.kind === "group" ? aloneIn(row.rows, rowId) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** The row with all that its people have passed: of a group in which any row lets people in, none of the others. */
function rowsDownTo(rows: readonly DraftRow[], rowId: string, areAllAsked = true): DraftRow[] | undefined {
  for (const [index, row] of rows.entries()) {
    const before = areAllAsked ? rows.slice(0, index) : [];
    if (row.id === rowId) return [...before, row];
    if (row.kind !== "group") continue;
    const inner = rowsDownTo(row.rows, rowId, row.mode === "all" || row.mode === "notAll");
    if (inner) return [...before, { ...row, mode: "all", rows: inner }];
  }
  return undefined;
}
