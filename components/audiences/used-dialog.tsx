"use client";

import { useQuery } from "@tanstack/react-query";
import { usageQuery } from "@/client/queries/audience-versions";
import type { ListedAudience } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { UseList } from "./use-list";

interface UsedDialogProps {
  audience: ListedAudience;
  open: boolean;
  onClose: () => void;
}

/** Why an audience was not archived: what counts its members, each with the way to it. */
export function UsedDialog({ audience, open, onClose }: UsedDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      {open && (
        <DialogContent
          title={`${audience.name} is in use`}
          description="It cannot be archived while these count its members. Change or archive them first."
        >
          <Uses id={audience.id} />
          <DialogActions>
            <DialogClose asChild>
              <Button look="primary">Close</Button>
            </DialogClose>
          </DialogActions>
        </DialogContent>
      )}
    </Dialog>
  );
}

function Uses({ id }: { id: string }) {
  const query = useQuery(usageQuery(id));
  return (
    <Fetched query={query} what="Its uses" loading={<ListSkeleton rows={2} label="Loading its uses" />}>
      {(uses) => <UseList uses={uses.filter(({ archivedAt }) => archivedAt === null)} />}
    </Fetched>
  );
}
