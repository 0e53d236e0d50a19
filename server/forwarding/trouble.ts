import { Prisma } from "@/generated/prisma/client";
import type { Metadata } from "../metadata/scoped";
import type { Trouble } from "../syncs/trouble";

export async function storeForwardingTrouble(metadata: Metadata, id: string, found: Trouble | null): Promise<void> {
  await metadata.forwarding.updateMany({ where: { id }, data: { trouble: found ?? Prisma.DbNull } });
}
