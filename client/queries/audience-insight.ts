import { keepPreviousData, queryOptions, experimental_streamedQuery as streamedQuery } from "@tanstack/react-query";
import { breakDownByTrait, compareDefinitions, overlapOfAudiences, sizeHistory } from "@/core/api/audience-insight";
import { previewAudience } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { call, callLines } from "../call";

const insightKey = ["audience-insight"] as const;
/** What is asked for beside a count is kept for a minute: nobody waits for it twice by looking away. */
const staleTime = 60_000;

export const historyDays = 30;

/** The size of a definition now and at the end of each of the last days, newest first, growing as it is counted. */
export function sizeHistoryQuery(definition: AudienceDefinition | null) {
  return queryOptions({
    queryKey: [...insightKey, "history", definition],
    queryFn: streamedQuery({
      streamFn: ({ signal }) => {
        if (definition === null) throw new Error("Nothing has no size.");
        return callLines(sizeHistory, { body: { definition, days: historyDays }, signal });
      },
    }),
    enabled: definition !== null,
    staleTime,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/** Who enters, leaves and stays where one definition takes the place of another, all as of one moment. */
export function compareQuery(before: AudienceDefinition, after: AudienceDefinition, asOf?: string) {
  return queryOptions({
    queryKey: [...insightKey, "compare", before, after, asOf],
    queryFn: ({ signal }) => call(compareDefinitions, { body: { before, after, asOf, limit: 0 }, signal }),
    staleTime,
    retry: false,
    placeholderData: keepPreviousData,
  });
}

export type ChangeKind = "entering" | "leaving" | "staying";

/** Whose people a figure stands for. */
export type PeopleQuestion =
  | { kind: "members"; definition: AudienceDefinition; asOf?: string }
  | {
      kind: ChangeKind;
      before: AudienceDefinition;
      after: AudienceDefinition;
      asOf?: string | undefined;
    };

const shownPeople = 200;

/** The people behind a figure, as many as are looked through by eye, and how many there are in all. */
export function peopleOfQuery(question: PeopleQuestion) {
  return queryOptions({
    queryKey: [...insightKey, "people", question],
    queryFn: async ({ signal }) => {
      const { kind, asOf } = question;
      if (kind === "members") {
        const body = { definition: question.definition, asOf, limit: shownPeople };
        return call(previewAudience, { body, signal });
      }
      const { before, after } = question;
      const compared = await call(compareDefinitions, { body: { before, after, asOf, limit: shownPeople }, signal });
      return { ...compared[kind], asOf: compared.asOf };
    },
    staleTime,
  });
}

export function breakdownQuery(definition: AudienceDefinition, trait: string, limit: number) {
  return queryOptions({
    queryKey: [...insightKey, "breakdown", definition, trait, limit],
    queryFn: ({ signal }) => call(breakDownByTrait, { body: { definition, trait, limit }, signal }),
    staleTime,
    retry: false,
  });
}

export function overlapQuery(definition: AudienceDefinition, audienceIds: readonly string[]) {
  return queryOptions({
    queryKey: [...insightKey, "overlap", definition, audienceIds],
    queryFn: ({ signal }) => call(overlapOfAudiences, { body: { definition, audienceIds: [...audienceIds] }, signal }),
    enabled: audienceIds.length > 0,
    staleTime,
    retry: false,
    placeholderData: keepPreviousData,
  });
}
