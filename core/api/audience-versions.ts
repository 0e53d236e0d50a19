import * as z from "zod";
import { audienceDefinition } from "../audience/definition";
import { comparedPeople } from "./audience-insight";
import { audience } from "./audiences";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery } from "./shared";
import { definitionChange, restoringBody, versionFacts, versionNumber } from "./versions";

const audienceVersion = versionFacts.extend({ definition: audienceDefinition });
export type AudienceVersion = z.infer<typeof audienceVersion>;

export const listVersions = endpoint({
  method: "GET",
  path: "/api/audiences/:id/versions",
  summary: "The versions of an audience: who made them, when, and what changed, newest first",
  params: idParams,
  query: pageQuery,
  answer: page(audienceVersion),
});

export const restoreVersion = endpoint({
  method: "POST",
  path: "/api/audiences/:id/restore",
  summary: "Make an earlier version hold again, as a new version",
  params: idParams,
  body: restoringBody,
  answer: audience,
});

export const compareVersions = endpoint({
  method: "GET",
  path: "/api/audiences/:id/compare",
  summary: "Two versions of an audience at one moment: what changed in words, who is in the one and not in the other",
  params: idParams,
  query: z.strictObject({
    before: versionNumber,
    after: versionNumber,
    asOf: asOf.optional(),
    limit: z.coerce.number().int().min(0).max(10_000).optional(),
  }),
  answer: comparedPeople.extend({ changes: z.array(definitionChange) }),
});
