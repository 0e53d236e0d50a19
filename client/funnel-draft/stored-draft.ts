import * as z from "zod";
import { funnelDefinition } from "@/core/funnel/definition";
import { funnelDraft } from "./draft";

/** Raised with the shape of drafts: those of another format are forgotten. */
const format = 1;

const storedDraft = z.strictObject({
  format: z.literal(format),
  /** The saved funnel that the draft was begun from. */
  base: funnelDefinition,
  name: z.string(),
  draft: funnelDraft,
});
type StoredFunnelDraft = Omit<z.infer<typeof storedDraft>, "format">;

type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Key of the draft of a funnel; null for the one that is new. */
function keyOf(funnelId: string | null): string {
  return `foothold.funnel-draft.${funnelId ?? "new"}`;
}

/** The draft that was left behind; undefined when there is none or it cannot be read. */
export function readFunnelDraft(storage: DraftStorage, funnelId: string | null): StoredFunnelDraft | undefined {
  const parsed = storedDraft.safeParse(parseJson(storage.getItem(keyOf(funnelId))));
  if (!parsed.success) return undefined;
  const { base, name, draft } = parsed.data;
  return { base, name, draft };
}

/** Keeps a draft. A storage that is full or switched off keeps nothing, and composing goes on. */
export function keepFunnelDraft(storage: DraftStorage, funnelId: string | null, stored: StoredFunnelDraft): void {
  try {
    storage.setItem(keyOf(funnelId), JSON.stringify({ format, ...stored }));
  } catch {
    storage.removeItem(keyOf(funnelId));
  }
}

export function forgetFunnelDraft(storage: DraftStorage, funnelId: string | null): void {
  storage.removeItem(keyOf(funnelId));
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
