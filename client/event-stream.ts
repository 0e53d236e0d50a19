/** How long to wait before a stream that the server has refused is asked for again. */
const againMs = 3_000;

interface StreamHandlers {
  onOpen: () => void;
  /** The connection is lost, or could not be made; it is tried again until the stream is left. */
  onLost: () => void;
  onData: (data: string) => void;
}

/**
 * Follows server-sent events from the one after `cursor` on, over lost connections and restarts of the server, so that each comes
 * once. `addressOf` is asked anew with the id of the last event. Answers what leaves the stream.
 */
export function followStream(
  addressOf: (cursor: string | undefined) => string,
  { onOpen, onLost, onData }: StreamHandlers,
): () => void {
  let source: EventSource;
  let cursor: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(addressOf(cursor));
    source.onopen = onOpen;
    source.onerror = () => {
      onLost();
      // A browser tries again by itself where the connection broke, but not where it was answered with an error.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, againMs);
    };
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      if (lastEventId !== "") cursor = lastEventId;
      onData(data);
    };
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
