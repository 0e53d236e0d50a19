import type { Metadata } from "../metadata/scoped";
import { type Trouble, troubleRow } from "../syncs/trouble";

export async function storeForwardingTrouble(
  metadata: Metadata,
  id: string,
  found: Trouble | null,
  now: Date,
): Promise<void> {
  await metadata.forwarding.updateMany({ where: { id }, data: troubleRow(found) });
  if (found === null) return;
  await metadata.forwarding.updateMany({ where: { id, troubleSince: null }, data: { troubleSince: now } });
}
