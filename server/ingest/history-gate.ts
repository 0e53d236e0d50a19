import { AsyncLocalStorage } from "node:async_hooks";

/** How long a read may hold up a change; each statement that it sends later still sees one state. */
const longestHoldMs = 2_000;

type Release = () => void;

/** What one request holds: of each gate once, from its first read on. */
class View {
  readonly #holds = new Map<HistoryGate, Release>();
  isClosed = false;

  async hold(gate: HistoryGate): Promise<void> {
    if (this.#holds.has(gate)) return;
    const release = await gate.enter();
    // Another statement of the request may have come in meanwhile.
    if (this.#holds.has(gate) || this.isClosed) release();
    else this.#holds.set(gate, release);
  }

  letGo(gate: HistoryGate): void {
    this.#holds.get(gate)?.();
    this.#holds.delete(gate);
  }

  close(): void {
    this.isClosed = true;
    for (const gate of [...this.#holds.keys()]) this.letGo(gate);
  }
}

const views = new AsyncLocalStorage<View>();

/** Runs `work` so that all that it reads is of one state of who is who: joins and partings wait for it, or it for them. */
export async function inOneView<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const view = new View();
  try {
    return await views.run(view, work);
  } finally {
    view.close();
  }
}

/**
 * Keeps reads and changes of who is who apart: a change touches several tables, and a read must see all of it or nothing. Reads
 * go side by side; a change waits for those that have begun, at most for `longestHoldMs`, and those that come wait for it.
 */
export class HistoryGate {
  #holds = 0;
  #changing: Promise<void> | undefined;
  #onEmpty: (() => void) | undefined;
  #changes: Promise<unknown> = Promise.resolve();

  /** Resolves when nothing changes; the answer is to be called once the read is over. */
  async enter(): Promise<Release> {
    while (this.#changing !== undefined) await this.#changing;
    this.#holds++;
    const release = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      this.#holds--;
      if (this.#holds === 0) this.#onEmpty?.();
    };
    let timer: NodeJS.Timeout | undefined = setTimeout(() => release(), longestHoldMs);
    timer.unref();
    return release;
  }

  /** Runs a read of one statement, as part of its request's view where there is one. */
  async read<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const view = views.getStore();
    if (view !== undefined && !view.isClosed) {
      await view.hold(this);
      return work();
    }
    const release = await this.enter();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Runs a change while nothing reads. What it reads itself must not pass through the gate. */
  change<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    // What the same request has read before is no reason to wait for ever.
    views.getStore()?.letGo(this);
    const change = this.#changes.then(() => this.#alone(work));
    this.#changes = change.catch(() => undefined);
    return change;
  }

  async #alone<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    let end: () => void = () => undefined;
    this.#changing = new Promise((resolve) => {
      end = resolve;
    });
    try {
      if (this.#holds > 0) {
        await new Promise<void>((resolve) => {
          this.#onEmpty = resolve;
        });
        this.#onEmpty = undefined;
      }
      return await work();
    } finally {
      this.#changing = undefined;
      end();
    }
  }
}
