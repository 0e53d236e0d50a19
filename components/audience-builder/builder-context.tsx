"use client";

import { createContext, useContext } from "react";
import type { AudienceDraft } from "@/client/audience-draft/draft";
import type { RowFigures } from "@/client/audience-draft/figures";
import type { AudienceWithCount } from "@/core/api/audiences";
import type { SeenAccountTrait, SeenEvent, SeenTrait } from "@/core/api/catalogue";
import type { AudienceDefinition } from "@/core/audience/definition";

/** What the words of a row need to know and to do. */
export interface Builder {
  draft: AudienceDraft;
  /** One step that can be undone; edits under the same `step` name are one. */
  edit: (change: (draft: AudienceDraft) => AudienceDraft, step?: string) => void;
  /** Undefined until they are known, so that nothing is called unseen too early. */
  events: readonly SeenEvent[] | undefined;
  traits: readonly SeenTrait[] | undefined;
  accountTraits: readonly SeenAccountTrait[] | undefined;
  /** Those that a condition may name: live ones, and not the one that is edited. */
  audiences: readonly AudienceWithCount[] | undefined;
  timeZone: string;
  unfinished: ReadonlySet<string>;
  figures: ReadonlyMap<string, RowFigures>;
  /** The figures are of an earlier draft. */
  stale: boolean;
  /** What the server refused in a row. */
  refusals: ReadonlyMap<string, string>;
  /** Whose popover is open: the id of a word. */
  open: string | null;
  setOpen: (word: string | null) => void;
  /** The same at this very moment, for what runs after drawing. */
  isAnyOpen: () => boolean;
  /** Moves the focus to a word once it is drawn; to the first one of a row when a row's id is given. */
  focus: (wordOrRow: string) => void;
  /** Shows people of a definition. */
  showPeople: (title: string, definition: AudienceDefinition) => void;
  /** The definition of a row alone, and of all rows down to it. */
  aloneOf: (rowId: string) => AudienceDefinition | undefined;
  downTo: (rowId: string) => AudienceDefinition | undefined;
}

const BuilderContext = createContext<Builder | null>(null);
export const BuilderProvider = BuilderContext;

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error("Only inside the audience builder.");
  return builder;
}
