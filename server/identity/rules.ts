import { defaultIdentityRules, type IdentityRules, identityRules } from "../../core/identity/rules";
import type { Metadata } from "../metadata/scoped";

/** What identifies people in the workspace. */
export async function readIdentityRules(metadata: Metadata): Promise<IdentityRules> {
  const { identityRules: stored } = await metadata.workspace.findFirstOrThrow({ select: { identityRules: true } });
  return stored === null ? defaultIdentityRules : identityRules.parse(stored);
}
