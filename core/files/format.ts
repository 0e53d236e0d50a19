/** The forms that people can be written in. */
export const fileFormats = ["csv", "ndjson", "parquet"] as const;
export type FileFormat = (typeof fileFormats)[number];

export const fileTypes = {
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
} as const satisfies Record<FileFormat, string>;
