import type { PrismaClient } from "@/generated/prisma/client";
import { defaultIdentityRules, type IdentityRules, identityRules } from "../../core/identity/rules";
import { getWorkspace } from "../workspace/workspace";

/** What identifies people in the workspace. */
export async function readIdentityRules(metadata: PrismaClient): Promise<IdentityRules> {
  const { id } = await getWorkspace(metadata);
  const { identityRules: stored } = await metadata.workspace.findUniqueOrThrow({
    where: { id },
    select: { identityRules: true },
  });
  return stored === null ? defaultIdentityRules : identityRules.parse(stored);
}
