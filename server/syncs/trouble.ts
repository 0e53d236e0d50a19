import * as z from "zod";
import { Prisma } from "@/generated/prisma/client";
import type { Metadata } from "../metadata/scoped";

/** Why a sync does not get on at the moment. `retryAt` is in milliseconds since the epoch. */
const trouble = z.strictObject({ fault: z.string(), message: z.string(), attempts: z.int(), retryAt: z.number() });
export type Trouble = z.infer<typeof trouble>;

export async function storeTrouble(metadata: Metadata, syncId: string, found: Trouble | null): Promise<void> {
  await metadata.sync.updateMany({ where: { id: syncId }, data: { trouble: found ?? Prisma.DbNull } });
}

export function troubleOf(stored: unknown): Trouble | null {
  return trouble.safeParse(stored).data ?? null;
}
