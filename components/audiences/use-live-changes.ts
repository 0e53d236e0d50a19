import { useEffect, useState } from "react";
import { addressOf } from "@/client/call";
import { type HeardChanges, withBatch } from "@/client/change-log";
import { followStream } from "@/client/event-stream";
import { changeBatch, streamChanges } from "@/core/api/memberships";

export interface LiveChanges extends HeardChanges {
  state: "connecting" | "open" | "lost";
  /** Whether the end of the log has come. */
  isHeard: boolean;
}

const nothing: LiveChanges = { changes: [], hasOlder: false, state: "connecting", isHeard: false };

/** The latest changes of an audience, and each that comes from then on, as long as the page is looked at. */
export function useLiveChanges(id: string): LiveChanges {
  const [live, setLive] = useState(nothing);
  useEffect(() => {
    setLive(nothing);
    return followStream((cursor) => addressOf(streamChanges, { params: { id }, query: { cursor } }), {
      onOpen: () => setLive((held) => ({ ...held, state: "open" })),
      onLost: () => setLive((held) => ({ ...held, state: "lost" })),
      onData: (data) => {
        const batch = changeBatch.parse(JSON.parse(data));
        setLive((held) => ({ ...held, ...withBatch(held, batch), state: "open", isHeard: true }));
      },
    });
  }, [id]);
  return live;
}
