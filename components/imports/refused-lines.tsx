"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { addressOf } from "@/client/call";
import { formatCount, formatNoun } from "@/client/format";
import { type ImportRun, refusedCsv } from "@/core/api/imports";
import { cn } from "../ui/class-names";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";

/** The first refused lines with their reasons, and all of them as a file. */
export function RefusedLines({ run }: { run: ImportRun }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="pt-1">
      <div className="flex flex-wrap items-center gap-x-4">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-7 items-center gap-1 rounded-1 text-ink-2 hover:text-ink"
        >
          <ChevronRight aria-hidden className={cn("!size-3.5 transition-transform", open && "rotate-90")} />
          {formatNoun(run.rejected, "refused line")}
        </button>
        <TextLink asChild>
          <a href={addressOf(refusedCsv, { params: { id: run.id } })} download>
            Download with reasons
          </a>
        </TextLink>
      </div>
      {open && (
        <div className="max-h-80 overflow-y-auto pt-1">
          <Table label="Refused lines">
            <thead>
              <tr>
                <Th figure className="w-20">
                  Line
                </Th>
                <Th>Reason</Th>
                <Th className="max-desk:hidden">Code</Th>
              </tr>
            </thead>
            <tbody>
              {run.errors.map((error) => (
                <Tr key={`${error.line} ${error.code} ${error.message}`}>
                  <RowHead className="text-right text-ink-3">{formatCount(error.line)}</RowHead>
                  <Td className="py-1.5">{error.message}</Td>
                  <Td className="font-mono text-12 text-ink-3 max-desk:hidden">{error.code}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
          {run.errors.length < run.rejected && (
            <p className="pt-1.5 text-12 text-ink-3">
              The first {formatCount(run.errors.length)} of {formatCount(run.rejected)}; all of them are in the
              download.
            </p>
          )}
        </div>
      )}
    </div>
  );
}
