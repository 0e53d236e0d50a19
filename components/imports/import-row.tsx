"use client";

import { messageOf } from "@/client/api-error";
import { formatBytes, formatCount, formatSeconds } from "@/client/format";
import { useCancelImport } from "@/client/queries/imports";
import type { ImportRun } from "@/core/api/imports";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Problem } from "../ui/field";
import { Progress } from "../ui/progress";
import { TextLink } from "../ui/text-link";
import { RefusedLines } from "./refused-lines";

/** Seconds that are left, judged by what is done; null until that can be judged. */
function secondsLeft(run: ImportRun): number | null {
  if (run.bytesTotal === null || run.bytesRead === 0) return null;
  const elapsed = (Date.now() - Date.parse(run.startedAt)) / 1000;
  return elapsed < 1 ? null : (elapsed / run.bytesRead) * Math.max(0, run.bytesTotal - run.bytesRead);
}

const ends: Record<ImportRun["status"], { word: string; tone: "plain" | "in" | "out" | "violation" | "accent" }> = {
  running: { word: "Running", tone: "accent" },
  done: { word: "Done", tone: "in" },
  failed: { word: "Failed", tone: "out" },
  cancelled: { word: "Cancelled", tone: "plain" },
};

function Counts({ run }: { run: ImportRun }) {
  return (
    <>
      {formatCount(run.accepted)} accepted · {formatCount(run.duplicates)} duplicates ·{" "}
      <span className={run.rejected > 0 ? "text-out" : undefined}>{formatCount(run.rejected)} rejected</span>
    </>
  );
}

/** One import: while it runs its progress, afterwards its counts and what was refused. */
export function ImportRow({ run }: { run: ImportRun }) {
  const cancel = useCancelImport();
  const name = run.fileName ?? "A file";
  const left = secondsLeft(run);
  const { word, tone } = ends[run.status];
  return (
    <li className="border-t border-line py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1.5">
        <span className="min-w-0 truncate font-word">{name}</span>
        <Badge tone={tone}>{word}</Badge>
        <span className="ml-auto text-12 text-ink-3">
          {run.finishedAt ? <Age at={run.finishedAt} /> : `${formatCount(run.read)} lines so far`}
        </span>
      </div>
      {run.status === "running" ? (
        <Progress
          label={`Importing ${name}`}
          value={run.bytesTotal === null ? null : run.bytesRead / Math.max(1, run.bytesTotal)}
        >
          <span className="text-ink">
            {formatBytes(run.bytesRead)}
            {run.bytesTotal !== null && ` of ${formatBytes(run.bytesTotal)}`}
          </span>{" "}
          · <Counts run={run} />
          {left !== null && ` · about ${formatSeconds(left)} left`} ·{" "}
          <TextLink disabled={cancel.isPending} onClick={() => cancel.mutate(run.id)}>
            Cancel
          </TextLink>
        </Progress>
      ) : (
        <p className="text-ink-2">
          {formatCount(run.read)} lines: <Counts run={run} />
        </p>
      )}
      {cancel.isError && <Problem>{messageOf(cancel.error)}</Problem>}
      {run.failure && <Problem>{run.failure}</Problem>}
      {run.rejected > 0 && <RefusedLines run={run} />}
    </li>
  );
}
