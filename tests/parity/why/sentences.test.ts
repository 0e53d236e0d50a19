import fc from "fast-check";
import { expect, test } from "vitest";
import { audienceDefinition } from "@/core/audience/definition";
import { definitionPhrases } from "@/core/audience/describe/describe-node";
import { exactText } from "@/core/audience/describe/phrase";
import { normalForm } from "@/core/audience/normal-form";
import { parseSentence } from "@/core/audience/parse-sentence/parse-sentence";
import { seed } from "@/tests/support/seed";
import { definition } from "../definitions";

const names: Record<string, string> = { one: "First", two: 'Second, "or" not' };

test(`what a definition is said to be, read back, is that definition (seed ${seed})`, { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(definition, (one) => {
      // As it comes over HTTP: without what JSON cannot hold.
      const sought = audienceDefinition.parse(JSON.parse(JSON.stringify(one)));
      const context = { timeZone: "Europe/Berlin", audienceName: (id: string) => names[id] };
      const text = exactText(definitionPhrases(sought, context));
      const read = parseSentence(text, (name) => Object.keys(names).filter((id) => names[id] === name));
      expect(read).toEqual(normalForm(sought));
    }),
    { seed, numRuns: 3_000 },
  );
});
