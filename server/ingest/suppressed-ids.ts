import { hash } from "node:crypto";
import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { sql } from "../event-store/sql";
import type { Identifier } from "./identity-set";

const hashRow = z.strictObject({ hash: z.string() });

/** What is kept of an identifier of somebody who was deleted. */
export function suppressionHash({ kind, id }: Identifier): string {
  return hash("sha256", `${kind}\0${id}`, "hex");
}

/** The identifiers that must not come back, as `suppressionHash` makes them. */
export async function readSuppressed(eventStore: EventStore): Promise<Set<string>> {
  const rows = await eventStore.query(sql`SELECT DISTINCT hash FROM suppressed_ids`, hashRow);
  return new Set(rows.map((row) => row.hash));
}
