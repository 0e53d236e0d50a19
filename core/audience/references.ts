import { AppError, assertNever } from "../errors";
import type { AccountTree, AudienceDefinition, AudienceTree } from "./definition";

/** A saved audience that definitions may refer to. */
export interface SavedAudience {
  name: string;
  definition: AudienceDefinition;
}

/** The workspace's audiences by id. */
export type AudiencesById = ReadonlyMap<string, SavedAudience>;

/** A condition on another audience, and where it stands in its definition. */
export interface AudienceReference {
  audienceId: string;
  path: string;
}

/** Every condition on another audience, in reading order. */
export function referencesOf(node: AudienceTree, path = "root"): AudienceReference[] {
  switch (node.kind) {
    case "all":
    case "any":
      return node.conditions.flatMap((child, index) => referencesOf(child, `${path}.conditions[${index}]`));
    case "not":
      return referencesOf(node.condition, `${path}.condition`);
    case "audience":
      return [{ audienceId: node.audienceId, path: `${path}.audienceId` }];
    case "funnel": {
      const { breakdown } = node.funnel;
      if (!breakdown || !("audienceId" in breakdown)) return [];
      return [{ audienceId: breakdown.audienceId, path: `${path}.funnel.breakdown.audienceId` }];
    }
    case "account":
      return accountReferences(node.condition, `${path}.condition`);
    case "event":
    case "trait":
    case "sequence":
      return [];
    default:
      return assertNever(node);
  }
}

function accountReferences(node: AccountTree, path: string): AudienceReference[] {
  switch (node.kind) {
    case "all":
    case "any":
      return node.conditions.flatMap((child, index) => accountReferences(child, `${path}.conditions[${index}]`));
    case "not":
      return accountReferences(node.condition, `${path}.condition`);
    case "person":
      return referencesOf(node.condition, `${path}.condition`);
    case "trait":
      return [];
    default:
      return assertNever(node);
  }
}

/** The audience with this id; `invalid` at `path` when there is none. */
export function audienceById(audiences: AudiencesById, { audienceId, path }: AudienceReference): SavedAudience {
  const audience = audiences.get(audienceId);
  if (!audience) throw new AppError("invalid", `There is no audience with the id “${audienceId}”.`, path);
  return audience;
}

/**
 * Throws `invalid` where a definition refers to an audience that is not there, or leads back to one that it came
 * through; the message names the audiences on the way. `self` is the id under which the definition itself is saved,
 * `at` where its root stands in what was sent.
 */
export function checkReferences(
  definition: AudienceDefinition,
  audiences: AudiencesById,
  { self, at = "root" }: { self?: string | undefined; at?: string } = {},
): void {
  const sound = new Set<string>();
  for (const reference of referencesOf(definition.root, at)) {
    follow(reference, self === undefined ? [] : [self], reference.path);
  }

  function follow({ audienceId }: AudienceReference, through: readonly string[], path: string): void {
    const audience = audienceById(audiences, { audienceId, path });
    const seenAt = through.indexOf(audienceId);
    if (seenAt >= 0) {
      const names = [...through.slice(seenAt), audienceId].map((id) => `“${audiences.get(id)?.name ?? id}”`);
      throw new AppError("invalid", `An audience cannot depend on itself: ${names.join(" → ")}.`, path);
    }
    if (sound.has(audienceId)) return;
    for (const next of referencesOf(audience.definition.root)) follow(next, [...through, audienceId], path);
    sound.add(audienceId);
  }
}
