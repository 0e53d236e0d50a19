import { RE2JS } from "re2js";

/** Longest pattern, in characters. */
export const maxPatternLength = 500;

/** Tells whether a text fits. */
export type PatternTest = (text: string) => boolean;

/**
 * A regular expression as JSON Schema writes it: it may fit anywhere unless it is anchored. It is matched in time that grows
 * with the text alone (RE2), so that no pattern and no text can hold up what comes in; look-around and back references, which
 * cannot be matched so, are refused. Answers the reason, as the end of a sentence, for what is no such expression.
 */
export function compilePattern(pattern: string): PatternTest | { problem: string } {
  if (pattern.length > maxPatternLength) return { problem: `may have at most ${maxPatternLength} characters` };
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return (text) => compiled.matcher(text).find();
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "it cannot be read";
    return { problem: `is no regular expression that can be matched in bounded time: ${why}` };
  }
}
