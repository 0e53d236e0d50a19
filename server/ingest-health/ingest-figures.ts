import type { EventStore, InsertRow } from "../event-store/event-store";
import type { IntakeObserver, Outcome, Way } from "../ingest/intake";
import { keep, keptRow } from "../ingest/kept-message";
import { Tally } from "./tally";
import { ViolationFigures } from "./violation-figures";

/** How long figures wait in memory: what a process that is killed may lose of them. */
const flushMs = 3_000;
const lateMs = 60 * 60_000;
const wrongClockMs = 5 * 60_000;
/** Of duplicates this many are kept of each source and minute; all are counted. */
const keptDuplicates = 100;

const minuteMs = 60_000;

export interface IngestFiguresOptions {
  eventStore: Pick<EventStore, "insert">;
  /** Milliseconds since the epoch. */
  now: () => number;
  onError: (error: unknown) => void;
}

/**
 * Counts what comes in by minute, source and outcome, and what goes against the plan. Counted in memory once the sender has
 * its answer, and written down every few seconds, so that it costs the way in next to nothing.
 */
export class IngestFigures implements IntakeObserver {
  readonly #options: IngestFiguresOptions;
  readonly #minutes = new Tally();
  readonly #violations = new ViolationFigures();
  #duplicates: InsertRow[] = [];
  #keptOf = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: IngestFiguresOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#inBackground(), flushMs);
    this.#timer.unref();
  }

  taken(source: string, outcomes: readonly Outcome[], way: Way): void {
    if (way === "replay") {
      const accepted = outcomes.filter(({ verdict }) => verdict === "accepted").length;
      if (accepted > 0) this.#count(this.#options.now(), source, "replayed", "", accepted);
      return;
    }
    const counts = { accepted: 0, duplicate: 0, late: 0, future: 0, wrong_clock: 0 };
    let receivedAt = 0;
    for (const outcome of outcomes) {
      const { verdict, message, refusal, arrived } = outcome;
      ({ receivedAt } = arrived);
      if (verdict === "accepted") counts.accepted++;
      else if (verdict === "duplicate") {
        counts.duplicate++;
        this.#keepDuplicate(source, outcome);
      } else this.#count(receivedAt, source, verdict, refusal?.code ?? "");
      if (outcome.violations.length > 0 && verdict !== "duplicate") this.#violations.add(source, outcome);
      if (message === null || verdict === "duplicate" || way !== "request") continue;
      if (message.timestamp < receivedAt - lateMs) counts.late++;
      else if (message.timestamp > receivedAt) counts.future++;
      if (Math.abs(message.timestamp - message.originalTimestamp) > wrongClockMs) counts.wrong_clock++;
    }
    for (const [outcome, count] of Object.entries(counts)) {
      if (count > 0) this.#count(receivedAt, source, outcome, "", count);
    }
  }

  turnedAway(source: string, count: number): void {
    this.#count(this.#options.now(), source, "turned_away", "", count);
  }

  /** Requests of a source that were answered without being read. */
  limited(source: string): void {
    this.#count(this.#options.now(), source, "limited", "");
  }

  /** Writes down what was counted so far; figures that are read afterwards have all of it. */
  flush(): Promise<void> {
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    return this.#writing;
  }

  /** Writes down what is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush().catch(this.#options.onError);
  }

  #inBackground(): void {
    this.flush().catch(this.#options.onError);
  }

  #count(at: number, source: string, outcome: string, code: string, count = 1): void {
    this.#minutes.add(`${Math.floor(at / minuteMs) * 60}\0${source}\0${outcome}\0${code}`, count);
  }

  #keepDuplicate(source: string, { arrived }: Outcome): void {
    const key = `${Math.floor(arrived.receivedAt / minuteMs)} ${source}`;
    const kept = this.#keptOf.get(key) ?? 0;
    if (kept >= keptDuplicates) return;
    this.#keptOf.set(key, kept + 1);
    const { raw, receivedAt, around, importId, line } = arrived;
    const message = "A message with this messageId had come from this source before.";
    const why = { verdict: "duplicate", code: "duplicate", message } as const;
    this.#duplicates.push(keptRow(source, keep({ ...why, receivedAt, raw, around, importId, line })));
  }

  async #write(): Promise<void> {
    const { eventStore } = this.#options;
    const minutes = this.#minutes.take();
    const violations = this.#violations.take();
    const duplicates = this.#duplicates;
    this.#duplicates = [];
    // The minute that is running goes on counting what it has kept.
    const running = `${Math.floor(this.#options.now() / minuteMs)} `;
    this.#keptOf = new Map([...this.#keptOf].filter(([key]) => key.startsWith(running)));
    try {
      await eventStore.insert("ingest_minutes", [...minutes].map(minuteRow));
    } catch (error) {
      this.#minutes.putBack(minutes);
      throw error;
    } finally {
      await eventStore.insert("kept_messages", duplicates);
      await eventStore.insert("plan_violations", violations);
    }
  }
}

function minuteRow([key, messages]: [string, number]): InsertRow {
  const [minute = "0", source = "", outcome = "", code = ""] = key.split("\0");
  return { minute: Number(minute), source, outcome, code, messages };
}
