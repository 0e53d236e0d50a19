"use client";

import { messageOf } from "@/client/api-error";
import { useRevokeToken } from "@/client/queries/tokens";
import type { ApiToken } from "@/core/api/workspace";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Problem } from "../ui/field";
import { notify } from "../ui/toast";

interface RevokeDialogProps {
  /** Closed while there is none. */
  token: ApiToken | undefined;
  onClose: () => void;
}

export function RevokeDialog({ token, onClose }: RevokeDialogProps) {
  const revoke = useRevokeToken();
  const close = () => {
    revoke.reset();
    onClose();
  };
  return (
    <Dialog open={token !== undefined} onOpenChange={(open) => !open && close()}>
      {token && (
        <DialogContent
          title={`Revoke ${token.name}?`}
          description="Whatever uses it is refused from then on. This cannot be undone."
        >
          {revoke.isError && <Problem>{messageOf(revoke.error)}</Problem>}
          <DialogActions>
            <Button onClick={close}>Keep it</Button>
            <Button
              look="danger"
              disabled={revoke.isPending}
              onClick={() =>
                revoke.mutate(token.id, {
                  onSuccess: () => {
                    notify(`${token.name} is revoked.`);
                    close();
                  },
                })
              }
            >
              Revoke token
            </Button>
          </DialogActions>
        </DialogContent>
      )}
    </Dialog>
  );
}
