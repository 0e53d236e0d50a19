import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveChdbOverHttp } from "@/tests/support/chdb-over-http";
import { openFirstStore } from "@/tests/support/event-store";
import { describeEventStore } from "@/tests/support/event-store-contract";

describeEventStore("ClickHouse client, against chDB behind HTTP", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "foothold-http-"));
  const engine = await serveChdbOverHttp(join(dataDir, "events"));
  const eventStore = await openFirstStore({ dataDir, clickhouseUrl: engine.url });
  return {
    ...eventStore,
    async close() {
      await eventStore.close();
      await engine.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
});
