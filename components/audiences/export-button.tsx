"use client";

import { Download } from "lucide-react";
import { addressOf } from "@/client/call";
import { formatNoun, formatPeople } from "@/client/format";
import { type AudienceWithCount, membersCsv } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from "../ui/popover";
import { chosenColumns, formatColumns } from "./chosen-columns";
import { ColumnChooser } from "./column-chooser";

/** The people of an audience as a file: first the columns, then a download that is written while it is read. */
export function ExportButton({ audience }: { audience: AudienceWithCount }) {
  const [columns, setColumns] = chosenColumns.use();
  const address = addressOf(membersCsv, { params: { id: audience.id }, query: { columns: formatColumns(columns) } });
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button look="primary">
          <Download aria-hidden />
          Export {formatPeople(audience.count)}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Columns of the file">
        <div className="p-3">
          <h2 className="pb-2 font-head">Columns of the file</h2>
          <ColumnChooser columns={columns} onChange={setColumns} />
        </div>
        <div className="flex items-center justify-between gap-3 border-t border-line px-3 py-2.5">
          <p className="text-12 text-ink-3">{formatNoun(columns.length, "column")}, who is in at that moment</p>
          <PopoverClose asChild>
            <Button asChild look="primary">
              <a href={address} download>
                Download CSV
              </a>
            </Button>
          </PopoverClose>
        </div>
      </PopoverContent>
    </Popover>
  );
}
