import { WorkLoop } from "../syncs/work-loop";
import { advanceSchedule } from "./advance-schedule";
import type { MakeSurroundings, SchedulesAtWork } from "./making";

/** The schedules of a workspace at work, each by itself. */
export class ScheduleRunner implements SchedulesAtWork {
  readonly #around: MakeSurroundings;
  readonly #loops = new Map<string, WorkLoop>();

  constructor(around: MakeSurroundings) {
    this.#around = around;
  }

  /** Begins with all that there are; what was begun and cut off is made first. */
  async resume(): Promise<void> {
    const all = await this.#around.metadata.schedule.findMany({ select: { id: true } });
    for (const { id } of all) this.start(id);
  }

  start(id: string): void {
    const known = this.#loops.get(id);
    if (known !== undefined) {
      known.restart();
      return;
    }
    const { log, now } = this.#around;
    const loop = new WorkLoop({
      id,
      log,
      now: () => now(),
      advance: (signal) => advanceSchedule(id, this.#around, signal),
      // What a run met stands with the run.
      storeTrouble: async () => undefined,
    });
    this.#loops.set(id, loop);
  }

  wake(id: string): void {
    this.#loops.get(id)?.wake();
  }

  async end(id: string): Promise<void> {
    const known = this.#loops.get(id);
    this.#loops.delete(id);
    await known?.close();
  }

  async endOf(destinationId: string): Promise<void> {
    for (const id of await this.#idsOf(destinationId)) await this.end(id);
  }

  async restartOf(destinationId: string): Promise<void> {
    const ids = await this.#idsOf(destinationId);
    await this.#around.metadata.scheduleRun.updateMany({
      where: { scheduleId: { in: ids }, status: "running" },
      data: { retryAt: null, attempts: 0 },
    });
    for (const id of ids) this.start(id);
  }

  async #idsOf(destinationId: string): Promise<string[]> {
    const own = await this.#around.metadata.schedule.findMany({ where: { destinationId }, select: { id: true } });
    return own.map(({ id }) => id);
  }

  /** Stops where it is; the next process goes on from there. */
  async close(): Promise<void> {
    await Promise.all([...this.#loops.values()].map((loop) => loop.close()));
  }
}
