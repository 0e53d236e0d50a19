import type { Phrase } from "@/core/audience/describe/phrase";

/** A part of a sentence: names stand out, and so does what is said not to be. */
export function PhraseText({ phrase }: { phrase: Pick<Phrase, "role" | "text"> }) {
  if (phrase.role === "name") return <b className="break-words font-word text-ink">{phrase.text}</b>;
  if (phrase.role === "absence") return <span className="font-word underline underline-offset-3">{phrase.text}</span>;
  return phrase.text;
}
