"use client";

import { formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { VersionFacts } from "@/core/api/versions";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { authorWords } from "./author-words";
import { ChangeList } from "./change-list";

interface VersionEntryProps {
  version: VersionFacts;
  /** The version that holds. */
  current: number;
  /** Absent where there is nothing to compare but the changes. */
  onCompare: ((pair: { before: number; after: number }) => void) | undefined;
  /** Absent where nothing can be restored, as of what is archived. */
  onRestore: (() => void) | undefined;
  restoring: boolean;
}

/** One version on the timeline. */
export function VersionEntry({ version: entry, current, onCompare, onRestore, restoring }: VersionEntryProps) {
  const timeZone = useTimeZone();
  const { version } = entry;
  const holds = version === current;
  return (
    <li className="relative flex gap-4 border-l border-line pb-6 pl-5 last:pb-0 max-desk:flex-col max-desk:gap-2">
      <span
        aria-hidden
        className={`absolute top-1.5 -left-[5px] size-[9px] rounded-full border-2 border-page ${holds ? "bg-accent" : "bg-(--line-control)"}`}
      />
      <div className="min-w-0 flex-1">
        <h2 className="flex flex-wrap items-center gap-2 font-head">
          Version {version}
          {holds && <Badge tone="accent">holds now</Badge>}
          {entry.restoredFrom !== null && <Badge>version {entry.restoredFrom} restored</Badge>}
        </h2>
        <p className="text-12 text-ink-3">
          {authorWords(entry.createdBy)} · {formatMoment(entry.createdAt, timeZone)} · <Age at={entry.createdAt} />
        </p>
        {entry.note && <p className="pt-1 text-ink-2">{entry.note}</p>}
        {version === 1 ? (
          <p className="pt-1.5 text-ink-2">The first version.</p>
        ) : (
          <ChangeList changes={entry.changes} className="pt-1.5" />
        )}
      </div>
      <div className="flex w-56 flex-none items-start justify-end gap-2 max-desk:w-auto max-desk:flex-row-reverse">
        {version > 1 && onCompare && (
          <Button
            look="quiet"
            aria-label={`Compare version ${version} with version ${version - 1}`}
            onClick={() => onCompare({ before: version - 1, after: version })}
          >
            Compare with {version - 1}
          </Button>
        )}
        {!holds && onRestore && (
          <Button aria-label={`Restore version ${version}`} disabled={restoring} onClick={onRestore}>
            Restore
          </Button>
        )}
      </div>
    </li>
  );
}
