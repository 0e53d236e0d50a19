import { queryOptions } from "@tanstack/react-query";
import { type AudiencePreview, previewAudience } from "@/core/api/audiences";
import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import { call } from "../call";

const previewKey = ["preview"] as const;

/** Count, ten people and the figures of every condition, as of the moment of asking. */
export function previewQuery(definition: AudienceDefinition) {
  return queryOptions({
    queryKey: [...previewKey, definition],
    queryFn: ({ signal }) => call(previewAudience, { body: { definition, limit: 10, conditions: true }, signal }),
    staleTime: 5_000,
    retry: false,
  });
}

export interface SavingEffect {
  enter: number;
  leave: number;
}

/**
 * Who would enter and who would leave an audience if a draft of it were saved, all as of the moment of the draft's own
 * preview. What is in both is counted by the server, so that this is exact with whatever either leaves out.
 */
export function savingEffectQuery(audienceId: string, draft: AudienceDefinition, preview: AudiencePreview | undefined) {
  const saved = { kind: "audience", audienceId, member: true } as const;
  const asOf = preview?.asOf;
  return queryOptions({
    queryKey: [...previewKey, "effect", audienceId, draft, asOf],
    queryFn: async ({ signal }): Promise<SavingEffect> => {
      const count = async (definition: AudienceDefinition) =>
        (await call(previewAudience, { body: { definition, asOf, limit: 0 }, signal })).count;
      const [before, kept] = await Promise.all([
        count({ version: 1, root: saved, includeAnonymous: true }),
        count({ ...draft, root: { kind: "all", conditions: [...topOf(draft), saved] } }),
      ]);
      return { enter: (preview?.count ?? 0) - kept, leave: before - kept };
    },
    enabled: preview !== undefined,
    placeholderData: (previous) => previous,
  });
}

/** Conditions that must all hold; so one more makes the tree no deeper. */
function topOf({ root }: AudienceDefinition): AudienceTree[] {
  return root.kind === "all" ? root.conditions : [root];
}

const shownPeople = 200;

/** The people behind a number, as many as are looked through by eye. */
export function peopleQuery(definition: AudienceDefinition) {
  return queryOptions({
    queryKey: [...previewKey, "people", definition],
    queryFn: ({ signal }) => call(previewAudience, { body: { definition, limit: shownPeople }, signal }),
    staleTime: 5_000,
  });
}
