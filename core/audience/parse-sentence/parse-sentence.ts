import { parseInput } from "../../parse-input";
import { type AudienceDefinition, audienceDefinition } from "../definition";
import { normalForm } from "../normal-form";
import { type AudiencesNamed, readConditions } from "./condition";
import { Reader } from "./reader";

/**
 * The definition that a sentence means: one as `exactText` writes it, names and texts in quotes. What is read is in its
 * normal form. Errors: `invalid`, with the place in the text.
 */
export function parseSentence(text: string, named: AudiencesNamed): AudienceDefinition {
  const reader = new Reader(text);
  const includeAnonymous = reader.takes("known people and anonymous visitors :");
  if (!includeAnonymous) reader.takes("known people :");
  const root = readConditions(reader, named);
  reader.takes(".");
  reader.end();
  const sought = { version: 1, root, ...(includeAnonymous && { includeAnonymous }) };
  return normalForm(parseInput(audienceDefinition, sought, "The definition"));
}
