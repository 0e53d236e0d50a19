"use client";

import { messageOf } from "@/client/api-error";
import { type SourceWithFigures, useUpdateSource } from "@/client/queries/sources";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "../ui/dialog";
import { Problem } from "../ui/field";

/** Ends a source, or brings it back. */
export function ArchiveSource({ source }: { source: SourceWithFigures }) {
  const update = useUpdateSource();
  const set = (archived: boolean) => update.mutate({ id: source.id, body: { archived } });
  if (source.archivedAt !== null) {
    return (
      <Button disabled={update.isPending} onClick={() => set(false)}>
        Bring this source back
      </Button>
    );
  }
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button look="danger">Archive this source</Button>
      </DialogTrigger>
      <DialogContent
        title={`Archive ${source.name}?`}
        description="Its write keys stop working at once. What it has sent stays, and it can be brought back."
      >
        {update.isError && <Problem>{messageOf(update.error)}</Problem>}
        <DialogActions>
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
          <Button look="danger" disabled={update.isPending} onClick={() => set(true)}>
            Archive source
          </Button>
        </DialogActions>
      </DialogContent>
    </Dialog>
  );
}
