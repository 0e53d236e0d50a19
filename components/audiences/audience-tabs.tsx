"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { AudienceWithCount } from "@/core/api/audiences";
import { Overlap } from "../audience-insight/overlap";
import { TraitBreakdown } from "../audience-insight/trait-breakdown";
import { AudienceFiles } from "../files/audience-files";
import { AudienceSyncs } from "../syncs/audience-syncs";
import { Tabs } from "../ui/tabs";
import { Changes } from "./changes";
import { Members } from "./members";
import { Usage } from "./usage";
import type { LiveChanges } from "./use-live-changes";
import { Versions } from "./versions";

const views = ["members", "changes", "syncs", "files", "traits", "overlap", "versions", "usage"] as const;

/** Who is in an audience, what they are, where else they are, how it came about, and what hangs on it. */
export function AudienceTabs({ audience, live }: { audience: AudienceWithCount; live?: LiveChanges }) {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("members"));
  return (
    <Tabs
      label="The audience"
      value={view}
      onChange={(next) => void setView(next)}
      tabs={[
        { value: "members", label: "Members", content: <Members audience={audience} /> },
        { value: "changes", label: "Changes", content: <Changes audience={audience} live={live} /> },
        { value: "syncs", label: "Sent to", content: <AudienceSyncs audience={audience} /> },
        { value: "files", label: "Files", content: <AudienceFiles audience={audience} /> },
        {
          value: "traits",
          label: "By trait",
          content: (
            <div className="max-w-2xl">
              <TraitBreakdown definition={audience.definition} />
            </div>
          ),
        },
        {
          value: "overlap",
          label: "Overlap",
          content: <Overlap definition={audience.definition} exceptId={audience.id} />,
        },
        { value: "versions", label: "Versions", content: <Versions audience={audience} /> },
        { value: "usage", label: "Used by", content: <Usage id={audience.id} /> },
      ]}
    />
  );
}
