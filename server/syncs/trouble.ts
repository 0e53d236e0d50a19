import * as z from "zod";
import { Prisma } from "@/generated/prisma/client";
import type { Metadata } from "../metadata/scoped";

/** Why a sync does not get on at the moment. `retryAt` is in milliseconds since the epoch. */
const trouble = z.strictObject({ fault: z.string(), message: z.string(), attempts: z.int(), retryAt: z.number() });
export type Trouble = z.infer<typeof trouble>;

/** What a row of something that is sent holds of a trouble. */
export function troubleRow(found: Trouble | null) {
  return found === null ? { trouble: Prisma.DbNull, troubleSince: null } : { trouble: found };
}

export async function storeTrouble(
  metadata: Metadata,
  syncId: string,
  found: Trouble | null,
  now: Date,
): Promise<void> {
  await metadata.sync.updateMany({ where: { id: syncId }, data: troubleRow(found) });
  if (found === null) return;
  await metadata.sync.updateMany({ where: { id: syncId, troubleSince: null }, data: { troubleSince: now } });
}

export function troubleOf(stored: unknown): Trouble | null {
  return trouble.safeParse(stored).data ?? null;
}
