"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { messageOf } from "@/client/api-error";
import { formatMoment } from "@/client/format";
import { useDeleteProfile } from "@/client/queries/identity";
import { useTimeZone } from "@/client/queries/workspace";
import type { DeletionReceipt } from "@/core/api/identity";
import type { Person } from "@/core/api/shared";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Problem } from "../ui/field";
import { personName } from "./people-table";

/** Deletes a person for good, and shows the receipt. */
export function DeleteDialog({ person, open, onClose }: { person: Person; open: boolean; onClose: () => void }) {
  const remove = useDeleteProfile();
  const client = useQueryClient();
  const router = useRouter();
  const leave = () => {
    onClose();
    if (remove.data === undefined) return;
    router.push("/profiles");
    void client.invalidateQueries();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => !next && leave()}>
      {open && remove.data !== undefined && (
        <DialogContent title="Deleted" description="Everything of this person is gone. This is the receipt.">
          <Receipt receipt={remove.data} />
          <DialogActions>
            <CopyButton text={JSON.stringify(remove.data, null, 2)} label="Copy the receipt" />
            <Button look="primary" onClick={leave}>
              To the people
            </Button>
          </DialogActions>
        </DialogContent>
      )}
      {open && remove.data === undefined && (
        <DialogContent
          title={`Delete ${personName(person)}?`}
          description="Every message, trait and identifier of this person goes, from every figure, also of the past. Messages that name these identifiers are refused from then on, and tools that have this person are told that they left. This cannot be undone."
        >
          {remove.isError && <Problem>{messageOf(remove.error)}</Problem>}
          <DialogActions>
            <Button onClick={leave}>Keep this person</Button>
            <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate(person.id)}>
              {remove.isPending ? "Deleting…" : "Delete for good"}
            </Button>
          </DialogActions>
        </DialogContent>
      )}
    </Dialog>
  );
}

function Receipt({ receipt }: { receipt: DeletionReceipt }) {
  const timeZone = useTimeZone();
  const removed = Object.entries(receipt.counts).filter(([, count]) => count > 0);
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      <dt className="text-ink-3">When</dt>
      <dd>{formatMoment(receipt.at, timeZone)}</dd>
      <dt className="text-ink-3">Receipt</dt>
      <dd className="font-mono text-12 break-all">{receipt.id}</dd>
      {removed.map(([table, count]) => (
        <div key={table} className="contents">
          <dt className="font-mono text-12 text-ink-3">{table}</dt>
          <dd className="tabular-nums">{count === 1 ? "1 row" : `${count} rows`}</dd>
        </div>
      ))}
      <dt className="text-ink-3">Tools</dt>
      <dd>{toolsTold(receipt)}</dd>
      <dt className="text-ink-3">Refused from now on</dt>
      <dd>{receipt.hashes.length === 1 ? "1 identifier" : `${receipt.hashes.length} identifiers`}</dd>
    </dl>
  );
}

function toolsTold({ tools }: DeletionReceipt): string {
  if (tools === null) return "Those that have this person are being told; then the logs of it are erased";
  const missed = tools.filter(({ isTold }) => !isTold).map(({ name }) => name || "a sync that was removed");
  return missed.length === 0 ? "All were told, and the logs of it are erased" : `Not told: ${missed.join(", ")}`;
}
