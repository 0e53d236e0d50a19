"use client";

import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/client/api-error";
import { splitPreviewQuery, useSplitProfile } from "@/client/queries/identity";
import type { IdentityEntry } from "@/core/api/identity";
import { identifierWords } from "@/core/identity/join-sentence";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Fetched } from "../ui/fetched";
import { Problem } from "../ui/field";
import { ListSkeleton } from "../ui/skeleton";
import { notify } from "../ui/toast";
import { ChangePreview } from "./change-preview";

interface SplitDialogProps {
  id: string;
  /** Closed while there is none. */
  join: IdentityEntry | undefined;
  onClose: () => void;
}

/** Undoes a join, once it is seen what that changes. */
export function SplitDialog({ id, join, onClose }: SplitDialogProps) {
  return (
    <Dialog open={join !== undefined} onOpenChange={(open) => !open && onClose()}>
      {join && (
        <DialogContent
          title="Undo this join?"
          description={`${join.sentence}. No message joins the two again; you can, by hand.`}
          className="max-w-lg"
        >
          <Parting id={id} join={join} onClose={onClose} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function Parting({ id, join, onClose }: { id: string; join: IdentityEntry; onClose: () => void }) {
  const preview = useQuery(splitPreviewQuery(id, join.id));
  const split = useSplitProfile();
  return (
    <>
      <Fetched
        query={preview}
        what="What would change"
        loading={<ListSkeleton rows={4} label="Loading what would change" />}
      >
        {(change) =>
          change.after.length < 2 ? (
            <p>The two stay one person: other joins hold them together. Undo those as well.</p>
          ) : (
            <ChangePreview change={change} />
          )
        }
      </Fetched>
      {split.isError && <Problem>{messageOf(split.error)}</Problem>}
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button
          look="danger"
          disabled={split.isPending || preview.data === undefined}
          onClick={() =>
            split.mutate(
              { id, join: join.id },
              {
                onSuccess: () => {
                  notify(`Parted ${identifierWords(join.other)} from ${identifierWords(join.one)}.`);
                  onClose();
                },
              },
            )
          }
        >
          Undo the join
        </Button>
      </DialogActions>
    </>
  );
}
