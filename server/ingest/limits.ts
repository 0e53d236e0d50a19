/** What the Segment API allows, in bytes of JSON: its SDKs keep to it. */
export const maxMessageBytes = 32 * 1024;
export const maxBatchBytes = 500 * 1024;
export const maxBatchMessages = 2_500;

/** A line of a file may hold more: warehouses write what no SDK would send. */
export const maxImportedMessageBytes = 1024 * 1024;
