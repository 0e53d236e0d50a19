"use client";

import { parseAsString, useQueryState } from "nuqs";
import { emptyDraft } from "@/client/audience-draft/draft";
import { AudienceBuilder } from "./audience-builder";

/** `/audiences/new`, with `?starter=stuck` begun from a starter. */
export function NewAudiencePage() {
  const [starter] = useQueryState("starter", parseAsString);
  return <AudienceBuilder audience={null} saved={emptyDraft} starterId={starter} />;
}
