/**
 * A part of a sentence about a definition. `text` is for reading, with numbers grouped and times in the workspace's
 * zone; `exact` is how the sentence is written where it is to be read back (core/audience/parse-sentence), where it
 * differs: names and texts in quotes, instants as the definition has them.
 */
export interface Phrase {
  role: "words" | "absence" | "name" | "value" | "moment";
  text: string;
  exact?: string;
  /** How it is written there, where that is neither. */
  readBack?: string;
}

export function words(text: string): Phrase {
  return { role: "words", text };
}

/** "did not", "not": what the eye must not miss. */
export function absence(text: string): Phrase {
  return { role: "absence", text };
}

/** An event, a property, a trait or an audience as it is called. */
export function name(text: string, exact = JSON.stringify(text)): Phrase {
  return { role: "name", text, exact };
}

/** Phrases that have words only for reading; to be read back they are one text. */
export function readBackAs(text: string, phrases: readonly Phrase[]): Phrase[] {
  return phrases.map((phrase, index) => ({ ...phrase, readBack: index === 0 ? text : "" }));
}

const opens = /\($/;
const closes = /^[,).:]/;

/** The phrases with the spaces between them: none after an opening bracket, none before what closes. */
export function spaced(phrases: readonly Phrase[]): Phrase[] {
  return phrases.flatMap((phrase, index) => {
    const before = phrases[index - 1];
    const joined = !before || isMark(before, opens) || isMark(phrase, closes);
    return joined ? [phrase] : [words(" "), phrase];
  });
}

function isMark(phrase: Phrase, mark: RegExp): boolean {
  return phrase.role === "words" && mark.test(phrase.text);
}

/** The sentence as it stands on a page, where names are set apart by their type: did Account Created more than 2 days ago. */
export function readingText(phrases: readonly Phrase[]): string {
  return textOf(phrases, ({ text }) => text);
}

/** The sentence as plain text: names and texts in quotes, times in words. */
export function sentenceText(phrases: readonly Phrase[]): string {
  return textOf(phrases, ({ role, text, exact = text }) => (role === "moment" ? text : exact));
}

/** The sentence as it can be read back. */
export function exactText(phrases: readonly Phrase[]): string {
  return textOf(phrases, ({ text, exact = text, readBack = exact }) => readBack);
}

function textOf(phrases: readonly Phrase[], part: (phrase: Phrase) => string): string {
  return spaced(phrases).map(part).join("");
}
