"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { syncsQuery } from "@/client/queries/syncs";
import type { AudienceWithCount } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { DeliveryList } from "./delivery-list";
import { SendToDialog } from "./send-to-dialog";
import { SyncList } from "./sync-list";

/** Where an audience is sent, how that goes, and who was sent. */
export function AudienceSyncs({ audience }: { audience: AudienceWithCount }) {
  const [sending, setSending] = useState(false);
  const send = audience.archivedAt === null && (
    <Button look="primary" onClick={() => setSending(true)}>
      Send to…
    </Button>
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <SyncList
        which={{ audienceId: audience.id }}
        none={
          <EmptyState title="This audience is sent nowhere yet" className="max-w-2xl" actions={send}>
            <p>
              Send it to a destination: everybody first, then each person who enters or leaves, within seconds. You see
              who would be sent before anything is.
            </p>
          </EmptyState>
        }
      />
      <Sent audienceId={audience.id} send={send} />
      <SendToDialog audience={audience} open={sending} onClose={() => setSending(false)} />
    </div>
  );
}

function Sent({ audienceId, send }: { audienceId: string; send: ReactNode }) {
  const syncs = useQuery(syncsQuery({ audienceId })).data ?? [];
  if (syncs.length === 0) return null;
  return (
    <>
      <div>{send}</div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h2 className="font-head">Deliveries</h2>
        <DeliveryList which={{ audienceId }} />
      </div>
    </>
  );
}
