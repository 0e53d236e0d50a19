import type { Source } from "@/core/api/sources";

export const kindNames: Readonly<Record<Source["kind"], string>> = {
  browser: "A website",
  server: "A server",
  mobile: "A mobile app",
  import: "Files",
  other: "Something else",
};
