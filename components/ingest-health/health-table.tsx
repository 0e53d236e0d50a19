import { formatCount } from "@/client/format";
import type { IngestBucket } from "@/core/api/ingest-health";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { type Measure, measures } from "./measures";

const columns: readonly Measure[] = [
  "received",
  "accepted",
  "duplicate",
  "refused",
  "blocked",
  "late",
  "future",
  "wrongClock",
  "turnedAway",
  "limited",
];

interface HealthTableProps {
  buckets: readonly IngestBucket[];
  title: (at: string) => string;
}

/** The figures of the chart and all others beside them, newest first; spans in which nothing came are left out. */
export function HealthTable({ buckets, title }: HealthTableProps) {
  const rows = buckets.filter((bucket) => columns.some((column) => bucket[column] > 0)).toReversed();
  return (
    <details>
      <summary className="cursor-pointer rounded-1 text-12 text-ink-2">The figures as a table</summary>
      <div className="pt-2">
        <Table label="What came in, by time">
          <thead>
            <tr>
              <Th>From</Th>
              {columns.map((column) => (
                <Th key={column} figure>
                  {measures[column].name}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((bucket) => (
              <Tr key={bucket.at}>
                <RowHead className="whitespace-nowrap">{title(bucket.at)}</RowHead>
                {columns.map((column) => (
                  <Td key={column} figure className={bucket[column] === 0 ? "text-ink-3" : undefined}>
                    {formatCount(bucket[column])}
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}
