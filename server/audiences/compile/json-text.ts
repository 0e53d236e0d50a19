/**
 * A text as the engine writes it when it hands out a piece of JSON: as JSON.stringify does, but with upper-case hex
 * digits and the two line separators escaped. So that text can be compared without being decoded.
 */
export function engineJsonText(text: string): string {
  return JSON.stringify(text.toWellFormed())
    .replace(/\\(?:u[0-9a-f]{4}|.)/g, (escaped) =>
      escaped.startsWith("\\u") ? `\\u${escaped.slice(2).toUpperCase()}` : escaped,
    )
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
