import { AppError } from "../../errors";

/** A word or mark as it stands, or a value in quotes or in digits. `at` is where it begins in the text. */
export type Token = { at: number; end: number } & (
  | { kind: "word"; word: string }
  | { kind: "text"; value: string }
  | { kind: "number"; value: number }
);

const pattern =
  /\s+|(?<quoted>"(?:[^"\\]|\\.)*")|“(?<curly>[^”]*)”|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z]+|[,():.])/suy;

/** The tokens of a sentence. Errors: `invalid` at what is none. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const sticky = new RegExp(pattern);
  while (sticky.lastIndex < text.length) {
    const at = sticky.lastIndex;
    const groups = sticky.exec(text)?.groups;
    if (!groups) throw unreadable(text, at);
    const end = sticky.lastIndex;
    const { quoted, curly, number, word } = groups;
    if (quoted !== undefined) tokens.push({ kind: "text", value: unquoted(quoted, text, at), at, end });
    else if (curly !== undefined) tokens.push({ kind: "text", value: curly, at, end });
    else if (number !== undefined) tokens.push({ kind: "number", value: Number(number), at, end });
    else if (word !== undefined) tokens.push({ kind: "word", word: word.toLowerCase(), at, end });
  }
  return tokens;
}

function unquoted(quoted: string, text: string, at: number): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new AppError(
      "invalid",
      `What is in quotes ${placeWords(text, at)} cannot be read. A backslash is written \\\\.`,
    );
  }
}

function unreadable(text: string, at: number): AppError {
  if (text[at] === '"' || text[at] === "“") {
    return new AppError("invalid", `The quotes that open ${placeWords(text, at)} are not closed.`);
  }
  return new AppError(
    "invalid",
    `“${text[at]}” ${placeWords(text, at)} cannot be read. Names and texts stand in quotes.`,
  );
}

/** "at character 12, before “ever …”". */
export function placeWords(text: string, at: number): string {
  const rest = text.slice(at, at + 24).replace(/\s+/g, " ");
  return `at character ${at + 1}${rest === "" ? ", the end" : `, before “${rest}${text.length > at + 24 ? "…" : ""}”`}`;
}
