import { type AudienceDefinition, audienceDefinition } from "@/core/audience/definition";
import { definitionPhrases } from "@/core/audience/describe/describe-node";
import { exactText } from "@/core/audience/describe/phrase";
import { normalForm } from "@/core/audience/normal-form";
import { parseSentence } from "@/core/audience/parse-sentence/parse-sentence";
import { validateDefinition } from "@/core/audience/validate";
import { AppError } from "@/core/errors";
import { parseInput } from "@/core/parse-input";

/** An audience that a definition may name. */
interface NamedAudience {
  id: string;
  name: string;
  definition: AudienceDefinition;
}

export function jsonOf(definition: AudienceDefinition): string {
  return JSON.stringify(definition, null, 2);
}

/** The definition as a sentence that can be read back. Audiences stand by name, save those that share it. */
export function sentenceOf(
  definition: AudienceDefinition,
  timeZone: string,
  audiences: readonly NamedAudience[],
): string {
  const isAlone = ({ name }: NamedAudience) => audiences.filter((other) => other.name === name).length === 1;
  const named = new Map(audiences.filter(isAlone).map(({ id, name }) => [id, name]));
  return exactText(definitionPhrases(normalForm(definition), { timeZone, audienceName: (id) => named.get(id) }));
}

interface ReadingContext {
  timeZone: string;
  audiences: readonly NamedAudience[];
  /** The audience whose definition it is to become; none for a new one. */
  self: string | null;
}

/** The definition that a text holds, JSON or a sentence. Errors: `invalid`, in words that say where. */
export function readDefinition(text: string, { timeZone, audiences, self }: ReadingContext): AudienceDefinition {
  const definition = text.trimStart().startsWith("{")
    ? fromJson(text)
    : parseSentence(text, (name) => audiences.filter((audience) => audience.name === name).map(({ id }) => id));
  validateDefinition(definition, {
    timeZone,
    audiences: new Map(audiences.map((audience) => [audience.id, audience])),
    ...(self !== null && { self }),
  });
  return definition;
}

/** A definition, or what holds one, as an audience of the API does. */
function fromJson(text: string): AudienceDefinition {
  const value = parseJson(text);
  const held = typeof value === "object" && value !== null && "definition" in value ? value.definition : value;
  try {
    return parseInput(audienceDefinition, held, "The definition");
  } catch (error) {
    if (!(error instanceof AppError) || error.path === undefined) throw error;
    throw new AppError("invalid", `${error.message} It stands at ${error.path}.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid", `This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
