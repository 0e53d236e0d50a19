"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { formatCount } from "@/client/format";
import { keptReasonsQuery } from "@/client/queries/debugger";
import { HealthView } from "../ingest-health/health-view";
import { Page } from "../shell/page";
import { Tabs } from "../ui/tabs";
import { KeptMessages } from "./kept-messages";
import { LiveMessages } from "./live-messages";

const tabs = ["live", "kept", "health"] as const;

/** What comes in, as it comes: each message, those that were not taken, and how many of each there are. */
export function DebuggerPage() {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("live"));
  const reasons = useQuery(keptReasonsQuery(undefined)).data?.items ?? [];
  const aside = reasons.reduce((sum, { verdict, count }) => (verdict === "duplicate" ? sum : sum + count), 0);
  return (
    <Page title="Debugger">
      <Tabs
        label="What came in"
        value={tab}
        onChange={(next) => void setTab(next)}
        tabs={[
          { value: "live", label: "Live", content: <LiveMessages /> },
          { value: "kept", label: `Kept aside${aside > 0 ? ` ${formatCount(aside)}` : ""}`, content: <KeptMessages /> },
          { value: "health", label: "Health", content: <HealthView /> },
        ]}
      />
    </Page>
  );
}
