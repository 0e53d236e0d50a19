"use client";

import { useState } from "react";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import { activationStarter } from "@/core/tracking-plan/starter";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { TextLink } from "../ui/text-link";
import { AdoptDialog } from "./adopt-dialog";
import { ImportDialog } from "./import-dialog";
import { RuleDialog } from "./rule-dialog";
import { useSavingPlan } from "./use-saving-plan";

/** Four ways to a first plan. */
export function NoPlanYet({ plan }: { plan: TrackingPlan }) {
  const [open, setOpen] = useState<"rule" | "adopt" | "import" | null>(null);
  const { save, saving } = useSavingPlan(plan);
  const close = () => setOpen(null);
  return (
    <>
      <EmptyState
        title="Nothing is expected yet"
        className="max-w-2xl"
        actions={
          <>
            <Button look="primary" onClick={() => setOpen("adopt")}>
              Adopt what was seen
            </Button>
            <Button disabled={saving} onClick={() => void save(activationStarter, "The starter is the plan now.")}>
              Begin with activation events
            </Button>
          </>
        }
      >
        <p>
          A tracking plan says which events and traits are sent, with which properties. Each message is checked when it
          comes in: a wrong name or type is seen within a minute, not at the end of a quarter.
        </p>
        <p className="pt-2">
          Or <TextLink onClick={() => setOpen("rule")}>write the first rule by hand</TextLink>, or{" "}
          <TextLink onClick={() => setOpen("import")}>read a plan from JSON Schema</TextLink>, such as one of Segment.
        </p>
      </EmptyState>
      <RuleDialog plan={plan} rule={null} open={open === "rule"} onClose={close} />
      <AdoptDialog plan={plan} open={open === "adopt"} onClose={close} />
      <ImportDialog plan={plan} open={open === "import"} onClose={close} />
    </>
  );
}
