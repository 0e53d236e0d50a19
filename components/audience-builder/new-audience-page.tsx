"use client";

import { parseAsString, useQueryState } from "nuqs";
import { emptyDraft } from "@/client/audience-draft/draft";
import { AudienceBuilder } from "./audience-builder";

/** `/audiences/new`, with `?starter=stuck` begun from a starter. */
export function NewAudiencePage() {
  const [starter, setStarter] = useQueryState("starter", parseAsString);
  // Once it is begun, a reload brings the draft back and not the starter.
  return (
    <AudienceBuilder
      audience={null}
      saved={emptyDraft}
      starterId={starter}
      onStarterBegun={() => void setStarter(null)}
    />
  );
}
