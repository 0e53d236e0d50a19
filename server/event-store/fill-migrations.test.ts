import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { faultsOf } from "@/tests/support/torn-state";
import { openChdb } from "./chdb";
import { migrate } from "./migrate";
import { sql } from "./sql";

const migrations = join(import.meta.dirname, "migrations");

test("a store of the first version, filled, gets all that derives from its messages by the later migrations", async () => {
  const folder = await mkdtemp(join(tmpdir(), "foothold-first-version-"));
  const first = join(folder, "migrations");
  await mkdir(first);
  for (const name of ["0001_messages.sql", "0002_people_at_hand.sql"])
    await cp(join(migrations, name), join(first, name));
  const engine = openChdb({ directory: join(folder, "events") });
  const eventStore = await engine.database(null);
  try {
    await migrate(eventStore, first);
    await eventStore.insert(
      "messages",
      Array.from({ length: 600 }, (_, arrival) => {
        const profile = (arrival % 7) + 1;
        const timestamp = Date.UTC(2026, 0, 1) + arrival * 7 * 3_600_000 + arrival;
        const kind =
          arrival % 5 === 0
            ? { type: "identify", event: "", properties: JSON.stringify({ plan: `p${arrival % 3}` }) }
            : { type: ["track", "page", "screen"][arrival % 3] ?? "", event: `E${arrival % 4}`, properties: "{}" };
        return {
          ...kind,
          profile,
          timestamp,
          arrival,
          context: "{}",
          message_id: `m${arrival}`,
          user_id: `u${profile}`,
          anonymous_id: "",
          source: "s",
          original_timestamp: timestamp,
          sent_at: null,
          received_at: timestamp,
          extra: "{}",
        };
      }),
    );
    await eventStore.insert(
      "identities",
      Array.from({ length: 7 }, (_, index) => ({
        kind: "user",
        id: `u${index + 1}`,
        profile: index + 1,
        known: 1,
        version: index,
      })),
    );
    const added = await migrate(eventStore);
    expect(added).not.toContain("0002_people_at_hand.sql");
    expect(added).toContain("0003_events_by_period.sql");
    expect(await faultsOf(eventStore)).toEqual([]);
    const until = z.strictObject({ until: z.int() });
    expect(await eventStore.query(sql`SELECT max(arrival) AS until FROM derived_until`, until)).toEqual([
      { until: 599 },
    ]);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
});
