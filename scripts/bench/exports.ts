import { createAudience } from "@/server/audiences/audiences";
import { exportMembers } from "@/server/audiences/export-csv";
import type { Services } from "@/server/services";
import { benchNow } from "./generate";
import { median } from "./median";

export interface ExportTiming {
  rows: number;
  bytes: number;
  seconds: number;
}

/** Times the CSV of everybody with a userId, with five columns, as the server makes it; so many times, the middle one. */
export async function timeExport(services: Services, repetitions: number): Promise<ExportTiming> {
  const audience = await createAudience(
    services,
    {
      name: "Everybody",
      definition: { version: 1, root: { kind: "event", event: "Account Created" } },
    },
    null,
  );
  const runs: ExportTiming[] = [];
  for (let run = 0; run < repetitions; run += 1) {
    const start = performance.now();
    const { lines } = await exportMembers(services, audience.id, {
      columns: "userId,email,plan,company_size,signup_date",
      asOf: new Date(benchNow).toISOString(),
    });
    let rows = -1;
    let bytes = 0;
    for await (const piece of lines) {
      bytes += Buffer.byteLength(piece);
      for (let at = piece.indexOf("\n"); at !== -1; at = piece.indexOf("\n", at + 1)) rows += 1;
    }
    runs.push({ rows, bytes, seconds: (performance.now() - start) / 1000 });
  }
  const seconds = median(runs.map((run) => run.seconds));
  return runs.find((run) => run.seconds === seconds) ?? { rows: 0, bytes: 0, seconds };
}
