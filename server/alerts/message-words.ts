import type { AlertLine, AlertMessage } from "../../core/api/alerts";

/** What is told, wherever it goes. */
export interface Telling {
  /** The same whenever this very message is sent again. */
  readonly id: string;
  readonly kind: AlertMessage["kind"] | "test";
  readonly alertId: string;
  /** "Tell … when" goes on with it. */
  readonly words: string;
  readonly lines: readonly AlertLine[];
  /** ISO 8601. */
  readonly at: string;
  readonly workspace: string;
  /** Of the page of alerts; undefined where nobody has said under which address browsers reach it. */
  readonly url: string | undefined;
}

const begins: Readonly<Record<Telling["kind"], string>> = {
  fired: "Alert",
  reminder: "Still so",
  resolved: "Over",
  test: "Test",
};

export function titleOf({ kind, words, lines }: Telling): string {
  const [first] = lines;
  if (kind === "test" || first === undefined) return `${begins[kind]}: ${words}`;
  if (lines.length === 1) return `${begins[kind]}: ${first.text}`;
  return `${begins[kind]}: ${lines.length.toLocaleString("en-US")} of them: ${words}`;
}

/** Below the title: everything by itself where there are several, the workspace, and where to look. */
export function textOf({ kind, words, lines, workspace, url }: Telling): string {
  const test = `This is a test. You are told here when ${words}.`;
  const each = lines.length > 1 ? lines.map(({ text }) => `• ${text}`) : [];
  const where = url === undefined ? `Workspace: ${workspace}` : `Workspace: ${workspace}, ${url}`;
  return [...(kind === "test" ? [test] : [`You are told here when ${words}.`]), ...each, where].join("\n");
}
