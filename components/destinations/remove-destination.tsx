"use client";

import { useRouter } from "next/navigation";
import { messageOf } from "@/client/api-error";
import { useDeleteDestination } from "@/client/queries/destinations";
import type { Destination } from "@/core/api/destinations";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "../ui/dialog";
import { Problem } from "../ui/field";

export function RemoveDestination({ destination: { id, name } }: { destination: Destination }) {
  const router = useRouter();
  const removing = useDeleteDestination();
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button look="danger">Remove this destination</Button>
      </DialogTrigger>
      <DialogContent
        title={`Remove ${name}?`}
        description="Its syncs end, and its secrets are forgotten. People who are in the tool stay there."
      >
        {removing.isError && <Problem>{messageOf(removing.error)}</Problem>}
        <DialogActions>
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
          <Button
            look="danger"
            disabled={removing.isPending}
            onClick={() => removing.mutate(id, { onSuccess: () => router.push("/destinations") })}
          >
            Remove destination
          </Button>
        </DialogActions>
      </DialogContent>
    </Dialog>
  );
}
