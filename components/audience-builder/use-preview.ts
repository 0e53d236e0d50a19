"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { AudienceDraft } from "@/client/audience-draft/draft";
import { everyone, toDefinition } from "@/client/audience-draft/to-definition";
import { estimateQuery, previewQuery } from "@/client/queries/preview";
import { useShareDone } from "@/client/queries/progress";
import type { AudiencePreview } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { useDebounced } from "../ui/use-debounced";
import { useLasting } from "../ui/use-lasting";

const settleMs = 120;
/** An exact count within this time needs no estimate before it. */
const lateMs = 100;
const slowMs = 1_000;

/**
 * The live count of a draft. What was answered last stays, with the draft that it was of, until the next answer comes;
 * a question that is overtaken by the next edit is aborted.
 */
export function usePreview(draft: AudienceDraft) {
  const client = useQueryClient();
  const asked = useMemo(() => {
    const compiled = toDefinition(draft);
    return { draft, compiled, definition: compiled.definition ?? everyone(draft.includeAnonymous) };
  }, [draft]);
  const settled = useDebounced(asked, settleMs);
  const options = previewQuery(settled.definition);
  const query = useQuery(options);
  const [answered, setAnswered] = useState<{ of: typeof asked; preview: AudiencePreview }>();
  if (query.data && (answered?.preview !== query.data || answered.of !== settled)) {
    setAnswered({ of: settled, preview: query.data });
  }
  const waiting = settled !== asked || query.isFetching;
  const estimate = useEstimate(settled.definition, query.isFetching);
  const slow = useLasting(waiting, slowMs);
  const share = useShareDone(options.queryKey, slow && query.isFetching);
  return {
    compiled: asked.compiled,
    definition: asked.definition,
    answered,
    /** While the exact count takes long, one from a part of the people. */
    estimate: settled === asked ? estimate : undefined,
    working: waiting,
    /** The figures shown are of an earlier draft, or of none. */
    stale: answered?.of !== asked,
    slow,
    /** While it is slow, how far it has come; null where that is not known. */
    share,
    error: waiting ? null : query.error,
    cancelled: !waiting && !query.data && !query.error,
    cancel: () => void client.cancelQueries({ queryKey: options.queryKey, exact: true }),
    retry: () => void query.refetch(),
  };
}

/** An estimate of a count that is being made, asked for once the exact one takes long, and given up when that is there. */
function useEstimate(definition: AudienceDefinition, counting: boolean): AudiencePreview | undefined {
  const client = useQueryClient();
  const late = useLasting(counting, lateMs);
  const { data } = useQuery({ ...estimateQuery(definition), enabled: late });
  useEffect(() => {
    if (!late) void client.cancelQueries({ queryKey: estimateQuery(definition).queryKey, exact: true });
  }, [late, client, definition]);
  return late ? data : undefined;
}
