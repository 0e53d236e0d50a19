import type { Delivery } from "@/core/api/syncs";

export const resultNames: Readonly<Record<Delivery["result"], string>> = {
  delivered: "Delivered",
  retry: "Tried again later",
  gave_up: "Given up",
  skipped: "Not sent",
};
