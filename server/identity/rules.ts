import { defaultIdentityRules, type IdentityRules, identityRules } from "../../core/identity/rules";
import type { Metadata } from "../metadata/scoped";
import type { Services } from "../services";

/** What identifies people in the workspace. */
export async function readIdentityRules(metadata: Metadata): Promise<IdentityRules> {
  const { identityRules: stored } = await metadata.workspace.findFirstOrThrow({ select: { identityRules: true } });
  return stored === null ? defaultIdentityRules : identityRules.parse(stored);
}

/** Changes what identifies people, for what comes in from now on. */
export async function updateIdentityRules(
  { metadata, ingest }: Pick<Services, "metadata" | "ingest">,
  changes: Partial<IdentityRules>,
): Promise<IdentityRules> {
  const rules = { ...(await readIdentityRules(metadata)), ...changes };
  await metadata.workspace.updateMany({ data: { identityRules: rules } });
  ingest.setIdentityRules(rules);
  return rules;
}
