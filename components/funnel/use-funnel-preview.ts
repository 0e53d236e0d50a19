"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { funnelPreviewQuery, type PreviewRequest } from "@/client/queries/funnels";
import { useShareDone } from "@/client/queries/progress";
import type { FunnelPreview } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { useDebounced } from "../ui/use-debounced";
import { useLasting } from "../ui/use-lasting";

/** How long an edit stands still before it is asked about. */
const settleMs = 120;
/** After so long an estimate is asked for besides, from one of so many people. */
const estimateMs = 100;
const sampleOf = 16;
const slowMs = 1_000;

/**
 * The figures of a funnel. What was answered last stays until the next answer comes; one that takes long is preceded by
 * an estimate. A question that is overtaken by the next edit, or cancelled, is aborted.
 */
export function useFunnelPreview(wanted: FunnelDefinition | null, request: PreviewRequest) {
  const client = useQueryClient();
  const [asked, setAsked] = useState({ funnel: wanted, request });
  if (asked.funnel !== wanted || JSON.stringify(asked.request) !== JSON.stringify(request)) {
    setAsked({ funnel: wanted, request });
  }
  const settled = useDebounced(asked, settleMs);
  const options = funnelPreviewQuery(settled.funnel, settled.request);
  const exact = useQuery(options);
  const counting = exact.isFetching && exact.data === undefined;
  const estimateOptions = funnelPreviewQuery(settled.funnel, { ...settled.request, sample: sampleOf });
  const late = useLasting(counting, estimateMs, options.queryKey);
  const estimate = useQuery({ ...estimateOptions, enabled: late && settled.funnel !== null });
  const estimateKey = JSON.stringify(estimateOptions.queryKey);
  useEffect(() => {
    if (!counting) void client.cancelQueries({ queryKey: JSON.parse(estimateKey), exact: true });
  }, [client, counting, estimateKey]);
  const preview = exact.data ?? (exact.isError ? undefined : estimate.data);

  const [answered, setAnswered] = useState<{ of: typeof asked; preview: FunnelPreview }>();
  if (preview && (answered?.preview !== preview || answered.of !== settled)) setAnswered({ of: settled, preview });
  const waiting = settled !== asked || exact.isFetching;
  const slow = useLasting(waiting, slowMs);
  const share = useShareDone(options.queryKey, slow && counting);
  return {
    /** What was answered last, and the funnel that it is of; undefined until anything is. */
    answered:
      answered?.of.funnel && wanted !== null ? { funnel: answered.of.funnel, preview: answered.preview } : undefined,
    working: waiting,
    /** The figures shown are of an earlier funnel. */
    stale: answered?.of !== asked,
    slow,
    /** While it is slow, how far it has come; null where that is not known. */
    share,
    error: waiting ? null : exact.error,
    cancelled: !waiting && !exact.data && !exact.error && wanted !== null,
    cancel: () => {
      void client.cancelQueries({ queryKey: options.queryKey, exact: true });
      void client.cancelQueries({ queryKey: estimateOptions.queryKey, exact: true });
    },
    retry: () => void exact.refetch(),
  };
}

export type PreviewState = ReturnType<typeof useFunnelPreview>;
