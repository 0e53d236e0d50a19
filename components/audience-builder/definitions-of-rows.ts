import type { AudienceDraft } from "@/client/audience-draft/draft";
import { findRow } from "@/client/audience-draft/rows";
import { type Compiled, toDefinition } from "@/client/audience-draft/to-definition";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { Builder } from "./builder-context";

/** Definitions of the people behind a row's figures. */
export function definitionsOfRows(draft: AudienceDraft, { definition }: Compiled): Pick<Builder, "aloneOf" | "downTo"> {
  return {
    aloneOf(rowId) {
      const row = findRow(draft.rows, rowId);
      return row ? definitionOf({ ...draft, rows: [row] }) : undefined;
    },
    downTo(rowId) {
      const index = draft.rows.findIndex((row) => row.id === rowId);
      return definition && index >= 0 ? definitionOf({ ...draft, rows: draft.rows.slice(0, index + 1) }) : undefined;
    },
  };
}

function definitionOf(draft: AudienceDraft): AudienceDefinition | undefined {
  return toDefinition(draft).definition ?? undefined;
}
