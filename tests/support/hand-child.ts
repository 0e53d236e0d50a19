import { EventWriter } from "@/server/ingest/event-writer";
import { changeByHand } from "@/server/ingest/hand-changes";
import { openFirstStore } from "./event-store";

/** Joins two people and parts them again, and tells its parent after each. Never ends. */
const [dataDir = ""] = process.argv.slice(2);
const eventStore = await openFirstStore({ dataDir });
const writer = new EventWriter({
  eventStore,
  directory: eventStore.logDirectory,
  now: () => Date.now(),
  onError: (error) => {
    throw error;
  },
});
await writer.open();
const one = { kind: "user", id: "u1" } as const;
const other = { kind: "user", id: "u2" } as const;
for (;;) {
  for (const action of ["joined", "undone"] as const) {
    await writer.changePeople(({ eventStore: tables, seq, at, nextProfile }) =>
      changeByHand(tables, { seq, at, action, one, other }, "test", nextProfile),
    );
    process.send?.(action);
  }
}
