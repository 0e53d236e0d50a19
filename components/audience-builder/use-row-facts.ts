"use client";

import { useMemo } from "react";
import { ApiError } from "@/client/api-error";
import { rowFigures } from "@/client/audience-draft/figures";
import { rowOfPath } from "@/client/audience-draft/row-of-path";
import type { usePreview } from "./use-preview";

/** What the server told of each row: its figures, and what it refused in it. */
export function useRowFacts({ answered, compiled, error }: ReturnType<typeof usePreview>) {
  const figures = useMemo(
    () => (answered ? rowFigures(answered.of.draft, answered.of.compiled.pathOfRow, answered.preview) : new Map()),
    [answered],
  );
  const refusals = useMemo(() => {
    const refused = new Map<string, string>();
    const row = error instanceof ApiError && error.path ? rowOfPath(error.path, compiled.pathOfRow) : undefined;
    if (row && error) refused.set(row, error.message);
    return refused;
  }, [error, compiled]);
  return { figures, refusals };
}
