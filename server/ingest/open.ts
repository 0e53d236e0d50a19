import type { IdentityRules } from "../../core/identity/rules";
import type { EventStore } from "../event-store/event-store";
import type { Logger } from "../log";
import { EventWriter } from "./event-writer";
import type { Ingest } from "./ingest";

/** Opens the way into the event store; what the last run left half done is put right first. */
export async function openIngest(
  eventStore: EventStore,
  directory: string,
  identityRules: IdentityRules,
  log: Logger,
): Promise<Ingest> {
  const writer = new EventWriter({
    eventStore,
    directory,
    identityRules,
    now: () => Date.now(),
    onError: (error, what) => log.error({ err: error }, what),
  });
  await writer.open();
  return writer;
}
