"use client";

import { Download } from "lucide-react";
import { type CsvTable, funnelCsv } from "@/client/funnel-figures/csv";
import type { FunnelPreview } from "@/core/api/funnels";
import type { JsonValue } from "@/core/event/message";
import { Button } from "../ui/button";

interface CsvButtonProps {
  table: CsvTable;
  preview: FunnelPreview;
  nameOf: (value: JsonValue) => string;
}

/** Saves the table that is shown as a file. */
export function CsvButton({ table, preview, nameOf }: CsvButtonProps) {
  const save = () => {
    const file = new Blob([funnelCsv(table, preview, nameOf)], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `funnel-${table}-${preview.asOf.slice(0, 10)}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Button look="quiet" onClick={save} className="ml-auto">
      <Download aria-hidden />
      CSV
    </Button>
  );
}
