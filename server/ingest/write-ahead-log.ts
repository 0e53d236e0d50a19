import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

export interface LogRecord {
  /** The last arrival that the record speaks of. */
  readonly until: number;
  readonly bytes: Buffer;
}

interface OpenSegment {
  readonly path: string;
  readonly file: FileHandle;
  /** Bytes of whole records. */
  length: number;
  until: number;
}

interface FullSegment {
  readonly path: string;
  readonly until: number;
  /** Whether something follows its whole records: kept for whoever wants to look. */
  readonly torn: boolean;
}

const segmentName = /^(\d{12})\.log$/;

/**
 * What was acknowledged and is not in the tables yet, so that an answer need not wait for the engine: records in files
 * (segments) of a folder. A record is on the disk, and not only in the system's cache, once `append` resolves; one that
 * was cut off by a kill is none. One process at a time may have a folder open.
 */
export class WriteAheadLog {
  readonly #directory: string;
  #nextNumber: number;
  #current: OpenSegment | undefined;
  #full: FullSegment[];
  /** Whether bytes may follow the whole records of the current segment; they must go before anything else is written. */
  #torn = false;
  /** The end of everything that touches the files: each piece of work waits for the one before. */
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(directory: string, nextNumber: number, full: FullSegment[]) {
    this.#directory = directory;
    this.#nextNumber = nextNumber;
    this.#full = full;
  }

  /** Opens a folder, which is made when missing, and answers the records that the last run left in it, in their order. */
  static async open(directory: string): Promise<{ log: WriteAheadLog; records: LogRecord[] }> {
    await mkdir(directory, { recursive: true });
    const names = (await readdir(directory)).filter((name) => segmentName.test(name)).sort();
    const records: LogRecord[] = [];
    const full: FullSegment[] = [];
    for (const name of names) {
      const path = join(directory, name);
      const bytes = await readFile(path);
      const whole = readRecords(bytes);
      records.push(...whole.records);
      full.push({ path, until: whole.records.at(-1)?.until ?? 0, torn: whole.length < bytes.length });
    }
    const last = Number(segmentName.exec(names.at(-1) ?? "")?.[1] ?? 0);
    return { log: new WriteAheadLog(directory, last + 1, full), records };
  }

  /** Resolves when the record is on the disk. On an error it is not in the log, and may be appended again. */
  append(record: LogRecord): Promise<void> {
    return this.#inTurn(async () => {
      const segment = await this.#open();
      const bytes = framed(record);
      this.#torn = true;
      await segment.file.appendFile(bytes);
      await segment.file.datasync();
      this.#torn = false;
      segment.length += bytes.length;
      segment.until = record.until;
    });
  }

  /** From here on records go to another segment, so that those before can be let go together. */
  rotate(): Promise<void> {
    return this.#inTurn(async () => {
      const segment = this.#current;
      if (segment === undefined || this.#torn) return;
      this.#current = undefined;
      this.#full.push({ path: segment.path, until: segment.until, torn: false });
      await segment.file.close();
    });
  }

  /** Lets go of the full segments that speak of nothing past this arrival. */
  drop(until: number): Promise<void> {
    return this.#inTurn(async () => {
      for (const segment of this.#full) {
        if (segment.until > until) continue;
        if (segment.torn) await rename(segment.path, `${segment.path}.torn`);
        else await rm(segment.path, { force: true });
      }
      this.#full = this.#full.filter((segment) => segment.until > until);
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#current?.file.close();
      this.#current = undefined;
    });
  }

  async #open(): Promise<OpenSegment> {
    if (this.#current === undefined) {
      const path = join(this.#directory, `${String(this.#nextNumber).padStart(12, "0")}.log`);
      const file = await open(path, "ax", 0o600);
      this.#nextNumber += 1;
      this.#current = { path, file, length: 0, until: 0 };
      await syncFolder(this.#directory);
    }
    if (this.#torn) await this.#current.file.truncate(this.#current.length);
    this.#torn = false;
    return this.#current;
  }

  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}

/** What stands before each record: its length, its last arrival, and the CRC-32 of that arrival and what follows. */
const headBytes = 16;

function checksum(head: Buffer, bytes: Buffer): number {
  return crc32(bytes, crc32(head.subarray(0, 12)));
}

function framed({ until, bytes }: LogRecord): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(bytes.length, 0);
  head.writeBigUInt64LE(BigInt(until), 4);
  head.writeUInt32LE(checksum(head, bytes), 12);
  return Buffer.concat([head, bytes]);
}

/** The whole records at the start of a segment, and how many bytes they take. */
function readRecords(segment: Buffer): { records: LogRecord[]; length: number } {
  const records: LogRecord[] = [];
  let length = 0;
  while (length + headBytes <= segment.length) {
    const head = segment.subarray(length, length + headBytes);
    const end = length + headBytes + head.readUInt32LE(0);
    const bytes = segment.subarray(length + headBytes, end);
    if (end > segment.length || checksum(head, bytes) !== head.readUInt32LE(12)) break;
    records.push({ until: Number(head.readBigUInt64LE(4)), bytes });
    length = end;
  }
  return { records, length };
}

/** A new file is there after a loss of power only once its folder is on the disk. */
async function syncFolder(directory: string): Promise<void> {
  const folder = await open(directory, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
