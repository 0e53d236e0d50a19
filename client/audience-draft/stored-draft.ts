import * as z from "zod";
import { audienceDraft } from "./draft";
import { upgradeDraft } from "./upgrade-draft";

/** Raised with the shape of drafts; those of the formats before are brought up to it when they are read. */
const format = 2;

const storedDraft = z.strictObject({
  format: z.literal(format),
  /** Version of the audience that was opened; 0 for a new one. */
  version: z.int(),
  name: z.string(),
  draft: audienceDraft,
});
export type StoredDraft = Omit<z.infer<typeof storedDraft>, "format">;

/** Where drafts are kept: the browser's local storage, or the like of it. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Key of the draft of an audience; null for the one that is new. */
function keyOf(audienceId: string | null): string {
  return `foothold.draft.${audienceId ?? "new"}`;
}

/** The draft that was left behind; undefined when there is none or it cannot be read. */
export function readDraft(storage: DraftStorage, audienceId: string | null): StoredDraft | undefined {
  const parsed = storedDraft.safeParse(upgraded(parseJson(storage.getItem(keyOf(audienceId)))));
  if (!parsed.success) return undefined;
  const { version, name, draft } = parsed.data;
  return { version, name, draft };
}

/** Keeps a draft. A storage that is full or switched off keeps nothing, and composing goes on. */
export function keepDraft(storage: DraftStorage, audienceId: string | null, stored: StoredDraft): void {
  try {
    storage.setItem(keyOf(audienceId), JSON.stringify({ format, ...stored }));
  } catch {
    storage.removeItem(keyOf(audienceId));
  }
}

export function forgetDraft(storage: DraftStorage, audienceId: string | null): void {
  storage.removeItem(keyOf(audienceId));
}

const firstFormat = z.looseObject({ format: z.literal(1), draft: z.unknown() });

function upgraded(stored: unknown): unknown {
  const first = firstFormat.safeParse(stored);
  return first.success ? { ...first.data, format, draft: upgradeDraft(first.data.draft) } : stored;
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
