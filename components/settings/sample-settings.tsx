"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatNoun } from "@/client/format";
import { isBusy, type Sample, sampleQuery, useLoadSample, useRemoveSample } from "@/client/queries/sample";
import { SampleProgress } from "../home/sample-progress";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "../ui/dialog";
import { Fetched } from "../ui/fetched";
import { Problem } from "../ui/field";
import { ListSkeleton } from "../ui/skeleton";
import { SettingsSection } from "./settings-section";

export function SampleSettings() {
  const sample = useQuery(sampleQuery);
  return (
    <SettingsSection title="Sample data" lead="A project-management product’s sign-ups, to try everything on.">
      <Fetched
        query={sample}
        what="The sample’s state"
        loading={<ListSkeleton rows={1} label="Loading the sample’s state" />}
      >
        {(data) => (isBusy(data) ? <SampleProgress sample={data} /> : <SampleActions sample={data} />)}
      </Fetched>
    </SettingsSection>
  );
}

function SampleActions({ sample }: { sample: Sample }) {
  const load = useLoadSample();
  const failure = load.isError ? messageOf(load.error) : sample.error;
  return (
    <div className="grid justify-items-start gap-3">
      {failure && <Problem>{failure}</Problem>}
      {sample.status === "loaded" ? (
        <>
          <p className="text-ink-2">{formatNoun(sample.messages, "message")} of the sample are here.</p>
          <RemoveSample />
        </>
      ) : (
        <>
          {sample.status === "absent" && <p className="text-ink-2">The sample is not loaded.</p>}
          <div className="flex gap-2">
            <Button disabled={load.isPending} onClick={() => load.mutate()}>
              Load the sample
            </Button>
            {sample.status === "failed" && <RemoveSample />}
          </div>
        </>
      )}
    </div>
  );
}

function RemoveSample() {
  const [open, setOpen] = useState(false);
  const remove = useRemoveSample();
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button look="danger">Remove the sample</Button>
      </DialogTrigger>
      <DialogContent
        title="Remove the sample?"
        description="Its messages, people, audiences and funnels go. What came from your own sources stays."
      >
        {remove.isError && <Problem>{messageOf(remove.error)}</Problem>}
        <DialogActions>
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
          <Button
            look="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: () => setOpen(false) })}
          >
            Remove sample
          </Button>
        </DialogActions>
      </DialogContent>
    </Dialog>
  );
}
