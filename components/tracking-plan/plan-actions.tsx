"use client";

import { Download, FileUp, MoreHorizontal, Plus, ScanSearch } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { readExport } from "@/client/queries/tracking-plan";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import { Button } from "../ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "../ui/menu";
import { notifyProblem } from "../ui/toast";
import { AdoptDialog } from "./adopt-dialog";
import { ImportDialog } from "./import-dialog";
import { RuleDialog } from "./rule-dialog";

type Open = "rule" | "adopt" | "import" | null;

/** What can be done with a plan that has rules. */
export function PlanActions({ plan }: { plan: TrackingPlan }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button className="max-desk:hidden" onClick={() => setOpen("adopt")}>
        <ScanSearch aria-hidden />
        Adopt what was seen
      </Button>
      <Button look="primary" onClick={() => setOpen("rule")}>
        <Plus aria-hidden />
        Add<span className="-ml-1 max-desk:sr-only"> an event</span>
      </Button>
      <Menu>
        <MenuTrigger asChild>
          <Button look="quiet" icon aria-label="More of the plan">
            <MoreHorizontal aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem className="desk:hidden" onSelect={() => setOpen("adopt")}>
            <ScanSearch aria-hidden />
            Adopt what was seen
          </MenuItem>
          <MenuItem onSelect={() => setOpen("import")}>
            <FileUp aria-hidden />
            Read from JSON Schema
          </MenuItem>
          <MenuItem onSelect={() => void download().catch((error: unknown) => notifyProblem(messageOf(error)))}>
            <Download aria-hidden />
            Save as JSON Schema
          </MenuItem>
        </MenuContent>
      </Menu>
      <RuleDialog plan={plan} rule={null} open={open === "rule"} onClose={close} />
      <AdoptDialog plan={plan} open={open === "adopt"} onClose={close} />
      <ImportDialog plan={plan} open={open === "import"} onClose={close} />
    </>
  );
}

/** The plan as a file, in the form of Segment's tracking plans. */
async function download(): Promise<void> {
  const exported = await readExport();
  const address = URL.createObjectURL(
    new Blob([`${JSON.stringify(exported, null, 2)}\n`], { type: "application/json" }),
  );
  const link = document.createElement("a");
  link.href = address;
  link.download = "tracking-plan.json";
  link.click();
  URL.revokeObjectURL(address);
}
