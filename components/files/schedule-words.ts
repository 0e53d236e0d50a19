import type { Schedule } from "@/core/api/schedules";
import type { FileFormat } from "@/core/files/format";
import { timingWords } from "@/core/files/timing";

export const formatNames: Readonly<Record<FileFormat, string>> = { csv: "CSV", ndjson: "NDJSON", parquet: "Parquet" };

/** "CSV every day at 09:00" */
export function whatAndWhen({ format, timing }: Pick<Schedule, "format" | "timing">): string {
  return `${formatNames[format]} ${timingWords(timing)}`;
}

/** Where the files go, as it is called. */
export function placeName({ destination, emails }: Pick<Schedule, "destination" | "emails">): string {
  return destination?.name ?? emails.join(", ");
}
