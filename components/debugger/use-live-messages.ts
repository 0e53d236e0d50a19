import { useEffect, useState } from "react";
import { addressOf } from "@/client/call";
import { type ArrivedMessage, type LiveFilter, liveBatch, streamArrived } from "@/core/api/debugger";

/** Messages held in the page; older ones are let go. */
const maxHeld = 1_000;

export interface LiveMessages {
  /** Newest first. */
  messages: readonly ArrivedMessage[];
  /** How many came by too fast to be shown. */
  skipped: number;
  state: "connecting" | "open" | "lost";
}

const nothing: LiveMessages = { messages: [], skipped: 0, state: "connecting" };

/** What comes in and fits the filter, from the last messages that the server has at hand; begins anew with another filter. */
export function useLiveMessages(filter: LiveFilter): LiveMessages {
  const [live, setLive] = useState(nothing);
  const address = addressOf(streamArrived, { query: filter });
  useEffect(() => {
    setLive(nothing);
    const source = new EventSource(address);
    source.onopen = () => setLive((held) => ({ ...held, state: "open" }));
    // The browser tries again by itself, and names the last message that it has seen.
    source.onerror = () => setLive((held) => ({ ...held, state: "lost" }));
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const { items, skipped } = liveBatch.parse(JSON.parse(data));
      setLive((held) => ({
        state: "open",
        skipped: held.skipped + skipped,
        messages: withNewest(held.messages, items),
      }));
    };
    return () => source.close();
  }, [address]);
  return live;
}

/** A server that was started again counts from the beginning: what was seen before stays below. */
function withNewest(held: readonly ArrivedMessage[], items: readonly ArrivedMessage[]): readonly ArrivedMessage[] {
  return [...items.toReversed(), ...held].slice(0, maxHeld);
}
