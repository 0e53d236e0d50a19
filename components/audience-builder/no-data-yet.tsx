"use client";

import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/client/api-error";
import { isBusy, sampleQuery, useLoadSample } from "@/client/queries/sample";
import { SampleProgress } from "../home/sample-progress";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Problem } from "../ui/field";

/** Nothing to make conditions of yet: one button that loads something. */
export function NoDataYet() {
  const sample = useQuery(sampleQuery).data;
  const load = useLoadSample();
  if (sample && isBusy(sample)) {
    return (
      <div className="pt-7">
        <SampleProgress sample={sample} />
      </div>
    );
  }
  return (
    <EmptyState
      title="There is nobody to choose from yet"
      className="mt-7 max-w-2xl"
      actions={
        <Button look="primary" disabled={load.isPending} onClick={() => load.mutate()}>
          Load the sample workspace
        </Button>
      }
    >
      <p>
        Once events come in, conditions are made of their names, and the count stands beside them from the first word.
        The sample has a few thousand people to try it on.
      </p>
      {load.isError && <Problem>{messageOf(load.error)}</Problem>}
    </EmptyState>
  );
}
