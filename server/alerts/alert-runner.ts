import { WorkLoop } from "../syncs/work-loop";
import { type AlertStores, checkAlerts } from "./check-alerts";
import { type Teller, tellWaiting } from "./tell-waiting";

const everyMs = 30_000;
const dayMs = 86_400_000;

/** The alerts of a workspace at work. Without any, nothing is asked of the stores. */
export class AlertRunner {
  readonly #loop: WorkLoop;

  constructor(services: AlertStores & Teller & { now(): Date }) {
    const { metadata, log } = services;
    this.#loop = new WorkLoop({
      id: "alerts",
      log,
      now: () => services.now(),
      async advance(signal) {
        if ((await metadata.alert.count({ where: { archivedAt: null } })) === 0) return { wait: dayMs };
        await checkAlerts(services, services.now());
        const nextAt = await tellWaiting(services, () => services.now(), signal);
        const until = nextAt === undefined ? everyMs : nextAt - services.now().getTime();
        return { wait: Math.max(0, Math.min(everyMs, until)) };
      },
      storeTrouble: async () => undefined,
    });
  }

  /** Alerts were changed: looked at at once. */
  wake(): void {
    this.#loop.wake();
  }

  /** Stops where it is; the next process goes on from there. */
  close(): Promise<void> {
    return this.#loop.close();
  }
}
