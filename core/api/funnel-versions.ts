import * as z from "zod";
import { funnelDefinition } from "../funnel/definition";
import { endpoint } from "./endpoint";
import { previewFunnel, savedFunnel } from "./funnels";
import { asOf, idParams, page, pageQuery } from "./shared";
import { definitionChange, restoringBody, versionFacts, versionNumber } from "./versions";

const funnelVersion = versionFacts.extend({ funnel: funnelDefinition });
export type FunnelVersion = z.infer<typeof funnelVersion>;

export const listFunnelVersions = endpoint({
  method: "GET",
  path: "/api/funnels/:id/versions",
  summary: "The versions of a funnel: who made them, when, and what changed, newest first",
  params: idParams,
  query: pageQuery,
  answer: page(funnelVersion),
});

export const restoreFunnelVersion = endpoint({
  method: "POST",
  path: "/api/funnels/:id/restore",
  summary: "Make an earlier version hold again, as a new version",
  params: idParams,
  body: restoringBody,
  answer: savedFunnel,
});

const side = z.strictObject({ funnel: funnelDefinition, figures: previewFunnel.answer });

export const compareFunnelVersions = endpoint({
  method: "GET",
  path: "/api/funnels/:id/compare",
  summary: "Two versions of a funnel at one moment: what changed in words, and the figures of each",
  params: idParams,
  query: z.strictObject({ before: versionNumber, after: versionNumber, asOf: asOf.optional() }),
  answer: z.strictObject({
    asOf: previewFunnel.answer.shape.asOf,
    before: side,
    after: side,
    changes: z.array(definitionChange),
  }),
});
export type ComparedFunnels = z.infer<typeof compareFunnelVersions.answer>;
