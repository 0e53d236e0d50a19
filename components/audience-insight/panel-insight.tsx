"use client";

import { type ReactNode, useState } from "react";
import type { AudienceDefinition } from "@/core/audience/definition";
import { Segmented } from "../ui/segmented";
import { Overlap } from "./overlap";
import { TraitBreakdown } from "./trait-breakdown";

const views = [
  { value: "people", label: "People" },
  { value: "traits", label: "By trait" },
  { value: "overlap", label: "Overlap" },
] as const;

interface PanelInsightProps {
  definition: AudienceDefinition;
  /** The saved audience that is edited; null for a new one. */
  audienceId: string | null;
  /** Some of the people. */
  people: ReactNode;
}

/** The same people three ways: by name, by what they are, by where else they are. */
export function PanelInsight({ definition, audienceId, people }: PanelInsightProps) {
  const [view, setView] = useState<(typeof views)[number]["value"]>("people");
  return (
    <>
      <Segmented label="The people as" value={view} onChange={setView} options={views} className="mb-3" />
      {view === "people" && people}
      {view === "traits" && <TraitBreakdown definition={definition} />}
      {view === "overlap" && <Overlap definition={definition} exceptId={audienceId} narrow />}
    </>
  );
}
