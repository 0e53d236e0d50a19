import { storedValue } from "@/client/stored-value";

/** Whether single-letter keys do something; people who dictate switch them off. */
export const singleKeysStore = storedValue<boolean>(
  "foothold.single-keys",
  (text) => text !== "off",
  (on) => (on ? null : "off"),
);
