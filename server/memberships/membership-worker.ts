import type { EventStore } from "@/server/event-store/event-store";
import type { Ingest } from "@/server/ingest/ingest";
import { settledReads } from "@/server/ingest/settled-reads";
import type { Logger } from "@/server/log";
import type { Metadata } from "@/server/metadata/scoped";
import { MembershipKeeper } from "./keeper";
import type { KeptIdentifiers } from "./kept-identifiers";
import { MembershipLog } from "./membership-log";
import type { ChangeListener, CurrentMembers, Memberships } from "./memberships";
import type { Difference } from "./whole-sets";

interface WorkerOptions {
  /** The tables as they are. */
  eventStore: EventStore;
  metadata: Metadata;
  ingest: Pick<Ingest, "gate" | "onTaken" | "onDerived" | "settled" | "isSettled">;
  log: Logger;
  now: () => Date;
}

/** Between two looks others have their turn. */
const shortestPauseMs = 100;
/** As often as that, or as looks allow, what has come in is stored and looked at together: less at a time would cost more. */
const shortestTurnMs = 500;
/** An audience that was saved is seen after so long, and so is a moment that nobody knew beforehand. */
const longestPauseMs = 1_000;

/** Keeps the logs of a workspace's audiences complete while the process runs, and tells who is in them. */
export class MembershipWorker implements Memberships {
  readonly #options: WorkerOptions;
  readonly #log: MembershipLog;
  readonly #keeper: MembershipKeeper;
  readonly #stop = new AbortController();
  readonly #unlisten: readonly (() => void)[];
  #running: Promise<void>;
  #turns: Promise<unknown> = Promise.resolve();
  #wake: () => void = () => undefined;
  #isWoken = false;

  private constructor(options: WorkerOptions, membershipLog: MembershipLog) {
    const { eventStore, ingest, metadata, log, now } = options;
    this.#options = options;
    this.#log = membershipLog;
    this.#keeper = new MembershipKeeper({
      // Reading must not make ingest store what it gathers: whoever is heard of later is looked at later.
      eventStore: settledReads(eventStore, { gate: ingest.gate, settled: async () => undefined }),
      settled: () => ingest.settled(),
      metadata,
      log: membershipLog,
      now: () => now().getTime(),
      signal: this.#stop.signal,
      onError: (error, what) => log.error({ err: error }, what),
    });
    this.#unlisten = [
      // Messages need not wait for others where somebody looks at what they change.
      ingest.onTaken(() => {
        if (this.#keeper.isWatching) this.#wakeUp();
      }),
      ingest.onDerived(() => this.#wakeUp()),
    ];
    this.#running = this.#run();
  }

  static async open(options: WorkerOptions): Promise<MembershipWorker> {
    return new MembershipWorker(options, await MembershipLog.open(options.eventStore));
  }

  current(audienceId: string): CurrentMembers | undefined {
    return this.#log.current(audienceId);
  }

  onChange(listener: ChangeListener): () => void {
    return this.#log.onChange(listener);
  }

  leaveAll(profile: number, identifiers: KeptIdentifiers, at: number): Promise<void> {
    return this.#log.leaveAll(profile, identifiers, at);
  }

  check(audienceId: string): Promise<Difference | undefined> {
    return this.#inTurn(async () => {
      await this.#options.ingest.settled();
      return this.#keeper.check(audienceId);
    });
  }

  upToDate(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#options.ingest.settled();
      await this.#keeper.bringUpToDate(true);
    });
  }

  startOver(): Promise<void> {
    return this.#inTurn(async () => {
      this.#keeper.startOver();
      await this.#options.ingest.settled();
      await this.#keeper.bringUpToDate(true);
    });
  }

  /** Ends the work; the next start goes on from where the log is complete. */
  async close(): Promise<void> {
    this.#stop.abort();
    for (const unlisten of this.#unlisten) unlisten();
    this.#wakeUp();
    await this.#running;
    await this.#turns;
    await this.#log.saveProgress();
  }

  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #run(): Promise<void> {
    const { ingest, log, now } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const started = performance.now();
      const isWatching = this.#keeper.isWatching;
      try {
        // Else what came in last would wait for a lump of its own, and then for a look that has begun without it.
        if (isWatching) await ingest.settled({ repeatedly: true });
        this.#isWoken = false;
        await this.#inTurn(() => this.#keeper.bringUpToDate());
      } catch (error) {
        if (!signal.aborted)
          log.error({ err: error }, "Members of audiences could not be brought up to date; it is tried again");
        await this.#pause(longestPauseMs, false);
        continue;
      }
      await this.#pause(Math.max(shortestPauseMs, shortestTurnMs - (performance.now() - started)), false);
      if (isWatching && !ingest.isSettled) continue;
      await this.#pause(Math.min(this.#keeper.next - now().getTime(), longestPauseMs) - shortestPauseMs, true);
    }
  }

  /** Waits, if it may be woken until more has come in. */
  async #pause(milliseconds: number, mayWake: boolean): Promise<void> {
    const { signal } = this.#stop;
    if (milliseconds <= 0 || signal.aborted || (mayWake && this.#isWoken)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        if (!mayWake && !signal.aborted) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }

  #wakeUp(): void {
    this.#isWoken = true;
    this.#wake();
  }
}
