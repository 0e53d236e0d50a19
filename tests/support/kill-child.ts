import { EventWriter } from "@/server/ingest/event-writer";
import { openFirstStore } from "./event-store";
import { loadBatch, loadMessage } from "./kill-load";
import { testMessages } from "./messages";

/** Writes message after message, from the one given on, and tells its parent which it was told are stored. Never ends. */
const [dataDir = "", start = "0"] = process.argv.slice(2);
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

let next = Number(start);
async function send(): Promise<void> {
  for (;;) {
    const from = next;
    next += loadBatch;
    const raw = Array.from({ length: loadBatch }, (_, index) => loadMessage(from + index));
    await writer.write({ source: "s", messages: testMessages(...raw), rejections: [] });
    process.send?.(from);
  }
}
await Promise.all([send(), send(), send()]);
