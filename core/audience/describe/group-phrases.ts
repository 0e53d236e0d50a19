import { absence, type Phrase, words } from "./phrase";

/** A node that joins others, of people's conditions or of accounts'. */
interface Group<Node> {
  kind: "all" | "any";
  conditions: readonly Node[];
}

/**
 * Conditions of a group are told apart by ", and" and ", or", and a group within another stands in brackets, so that a sentence
 * has one reading.
 */
export function groupPhrases<Node extends { kind: string }>(
  { kind, conditions }: Group<Node>,
  joins: (node: Node) => boolean,
  phrasesOf: (node: Node) => Phrase[],
): Phrase[] {
  const only = conditions.length === 1 ? conditions[0] : undefined;
  if (only) return [words(`${kind} of`), ...bracketed(phrasesOf(only))];
  return conditions.flatMap((condition, index) => [
    ...(index === 0 ? [] : [words(kind === "all" ? ", and" : ", or")]),
    ...(joins(condition) ? bracketed(phrasesOf(condition)) : phrasesOf(condition)),
  ]);
}

export function notPhrases(inner: readonly Phrase[]): Phrase[] {
  return [absence("not"), ...bracketed(inner)];
}

export function bracketed(inner: readonly Phrase[]): Phrase[] {
  return [words("("), ...inner, words(")")];
}

/** Whether a node of either tree is a group of several. */
export function isGroup(node: { kind: string; conditions?: readonly unknown[] }): boolean {
  return (node.kind === "all" || node.kind === "any") && (node.conditions?.length ?? 0) > 1;
}
