import fc from "fast-check";
import { expect, it } from "vitest";
import { audienceDraft } from "@/client/audience-draft/draft";
import { fromDefinition } from "@/client/audience-draft/from-definition";
import { toDefinition } from "@/client/audience-draft/to-definition";
import {
  type AccountTree,
  type AudienceDefinition,
  type AudienceTree,
  audienceDefinition,
} from "@/core/audience/definition";
import { normalForm } from "@/core/audience/normal-form";
import { validateDefinition } from "@/core/audience/validate";
import { definition, savedDefinitions } from "./definitions";

const audiences = new Map(
  savedDefinitions.map(({ id }) => [
    id,
    { name: id, definition: { version: 1, root: { kind: "event" } } satisfies AudienceDefinition },
  ]),
);

function isValid(candidate: AudienceDefinition): boolean {
  if (!audienceDefinition.safeParse(candidate).success) return false;
  try {
    validateDefinition(candidate, { timeZone: "Europe/Berlin", audiences });
    return true;
  } catch {
    return false;
  }
}

/** Rows have one form where nodes have several: negations meet what they negate, and two of them are none. */
function asRows(node: AudienceTree): AudienceTree {
  switch (node.kind) {
    case "all":
    case "any":
      return { kind: node.kind, conditions: node.conditions.map(asRows) };
    case "not":
      return negated(node.condition);
    case "account":
      return { kind: "account", condition: alone(asParts(node.condition)) };
    default:
      return node;
  }
}

/** The same of what is asked of accounts. */
function asParts(node: AccountTree): AccountTree {
  switch (node.kind) {
    case "all":
    case "any":
      return { kind: node.kind, conditions: node.conditions.map(asParts) };
    case "not":
      return negatedPart(node.condition);
    case "person":
      return { kind: "person", condition: asRows(node.condition) };
    default:
      return node;
  }
}

function alone(node: AccountTree): AccountTree {
  const only = (node.kind === "all" || node.kind === "any") && node.conditions.length === 1 && node.conditions[0];
  return only ? alone(only) : node;
}

function negatedPart(node: AccountTree): AccountTree {
  if (node.kind === "not") return asParts(node.condition);
  const [only, ...others] = node.kind === "all" || node.kind === "any" ? node.conditions : [];
  return only && others.length === 0 ? negatedPart(only) : { kind: "not", condition: asParts(node) };
}

function negated(node: AudienceTree): AudienceTree {
  if (node.kind === "not") return asRows(node.condition);
  if (node.kind === "audience") return { ...node, member: !node.member };
  if (node.kind === "all" || node.kind === "any") {
    const [only, ...others] = node.conditions;
    if (only && others.length === 0) return negated(only);
  }
  return { kind: "not", condition: asRows(node) };
}

function rowsForm(of: AudienceDefinition): AudienceDefinition {
  const { root, ...rest } = normalForm(of);
  const top: AudienceTree = root.kind === "all" ? root : { kind: "all", conditions: [root] };
  return { ...rest, root: asRows(top) };
}

it("any valid definition opens in the builder, and comes out saying the same", () => {
  fc.assert(
    fc.property(definition.filter(isValid), (given) => {
      const draft = fromDefinition(given);
      const { definition: out, unfinished } = toDefinition(draft);
      expect([...unfinished]).toEqual([]);
      expect(out && isValid(out)).toBe(true);
      expect(out && rowsForm(out)).toEqual(rowsForm(given));
      // What is kept in the browser opens as it was.
      expect(audienceDraft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(JSON.parse(JSON.stringify(draft)));
      // What came out is a fixed point: opened again, it does not change.
      expect(out && toDefinition(fromDefinition(out)).definition).toEqual(out);
    }),
    { numRuns: 2_000 },
  );
});
