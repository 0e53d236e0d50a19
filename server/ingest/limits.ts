/** How much one request may bring. */
export interface RequestLimits {
  /** Of JSON, after decompression. */
  readonly messageBytes: number;
  readonly batchBytes: number;
  readonly batchMessages: number;
}

/** What the Segment API allows, to which its SDKs keep. */
export const segmentLimits: RequestLimits = {
  messageBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  batchMessages: 2_500,
};

/** A line of a file may hold more: warehouses write what no SDK would send. */
export const maxImportedMessageBytes = 1024 * 1024;
