import type { PrismaClient } from "@/generated/prisma/client";

const known = new WeakSet<PrismaClient>();

/** Whether the owner's account is there. It is never removed, so that a yes holds for good. */
export async function hasOwner(metadata: PrismaClient): Promise<boolean> {
  if (known.has(metadata)) return true;
  const found = (await metadata.user.count()) > 0;
  if (found) known.add(metadata);
  return found;
}
