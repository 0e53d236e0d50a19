import * as z from "zod";
import { AppError } from "../../core/errors";
import { createAudience } from "../audiences/audiences";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { createFunnel } from "../funnels/funnels";
import type { Ingest } from "../ingest/ingest";
import type { Arrived, Intake } from "../ingest/intake";
import { segmentLimits } from "../ingest/limits";
import { normalize } from "../ingest/normalize";
import type { Logger } from "../log";
import type { Memberships } from "../memberships/memberships";
import type { Metadata } from "../metadata/scoped";
import { ensureOwnSource } from "../sources/sources";
import { activationFunnel, stuckAudience } from "./definitions";
import { generateSample } from "./generate";
import { removeSourceMessages } from "./remove-source";
import type { Sample, SampleState } from "./sample";

const chunkSize = 5_000;
const countRow = z.strictObject({ count: z.int() });

export interface SampleRunnerOptions {
  metadata: Metadata;
  eventStore: EventStore;
  ingest: Ingest;
  intake: Intake;
  memberships: Memberships;
  log: Logger;
  now: () => Date;
}

/**
 * Brings the sample in and takes it out, in the background. Its own source stands for its presence, its funnel for that
 * it is whole: the funnel is made last and goes first.
 */
export class SampleRunner implements Sample {
  #work: { status: "loading" | "removing"; progress: number; done: Promise<void> } | undefined;
  #error: string | null = null;
  #closed = false;

  constructor(readonly options: SampleRunnerOptions) {}

  async state(): Promise<SampleState> {
    const { metadata, eventStore } = this.options;
    // As it is before the stores are asked: work that ends meanwhile has changed what they said.
    const work = this.#work;
    const error = this.#error;
    const source = await metadata.source.findFirst({ where: { origin: "sample" }, select: { id: true } });
    const [row] =
      source === null
        ? []
        : await eventStore.query(
            sql`SELECT count() AS count FROM messages WHERE source = ${param.string(source.id)}
              AND profile NOT IN (SELECT profile FROM profile_merges)`,
            countRow,
          );
    const messages = row?.count ?? 0;
    if (work !== undefined) return { status: work.status, progress: work.progress, messages, error: null };
    if (error !== null) return { status: "failed", progress: 0, messages, error };
    if (source === null) return { status: "absent", progress: 0, messages, error: null };
    if ((await metadata.funnel.count({ where: { sample: true } })) > 0) {
      return { status: "loaded", progress: 1, messages, error: null };
    }
    return {
      status: "failed",
      progress: 0,
      messages,
      error: "This was interrupted. Remove the sample, or load it again.",
    };
  }

  async load(): Promise<SampleState> {
    const { status } = await this.state();
    if (status !== "absent" && status !== "failed") throw new AppError("conflict", `The sample is ${status}.`);
    this.#begin("loading", (report) => this.#load(report));
    return this.state();
  }

  async remove(): Promise<SampleState> {
    const state = await this.state();
    if (this.#work !== undefined) throw new AppError("conflict", `The sample is ${state.status}.`);
    if (state.status === "absent") return state;
    this.#begin("removing", (report) => this.#remove(report));
    return this.state();
  }

  /** Stops between two steps; the next process says that it was interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#work?.done;
  }

  #begin(status: "loading" | "removing", work: (report: (progress: number) => void) => Promise<void>): void {
    if (this.#work !== undefined) throw new AppError("conflict", `The sample is ${this.#work.status}.`);
    this.#error = null;
    const begun = { status, progress: 0, done: Promise.resolve() };
    this.#work = begun;
    begun.done = work((progress) => {
      begun.progress = progress;
    })
      .catch((error: unknown) => {
        this.options.log.error({ err: error }, `The sample failed while ${status}`);
        this.#error =
          error instanceof AppError ? error.message : "Something went wrong on the server; its log says what.";
      })
      .finally(() => {
        this.#work = undefined;
      });
  }

  async #load(report: (progress: number) => void): Promise<void> {
    const { metadata, intake, now } = this.options;
    const { id } = await ensureOwnSource(metadata, "sample");
    const receivedAt = now().getTime();
    const calls = generateSample(receivedAt);
    for (let start = 0; start < calls.length; start += chunkSize) {
      if (this.#closed) throw new AppError("unavailable", "Foothold was stopped meanwhile.");
      await intake.take(id, read(calls.slice(start, start + chunkSize), receivedAt), "sample");
      report(Math.min(0.99, (start + chunkSize) / calls.length));
    }
    await this.#removeDefinitions();
    const audience = await createAudience(this.options, stuckAudience, null);
    await metadata.audience.update({ where: { id: audience.id }, data: { sample: true } });
    const funnel = await createFunnel(this.options, activationFunnel, null);
    await metadata.funnel.update({ where: { id: funnel.id }, data: { sample: true } });
  }

  async #remove(report: (progress: number) => void): Promise<void> {
    const { metadata, eventStore, ingest, memberships } = this.options;
    await this.#removeDefinitions();
    const source = await metadata.source.findFirst({ where: { origin: "sample" }, select: { id: true } });
    if (source === null) return;
    await ingest.exclusively(() => removeSourceMessages(eventStore, source.id, report));
    await memberships.startOver();
    await metadata.source.delete({ where: { id: source.id } });
  }

  /** An audience that somebody has built upon stays, as one of their own. */
  async #removeDefinitions(): Promise<void> {
    const { metadata } = this.options;
    await metadata.funnel.deleteMany({ where: { sample: true } });
    const [samples, versions, funnels] = await Promise.all([
      metadata.audience.findMany({ where: { sample: true }, select: { id: true } }),
      metadata.audienceVersion.findMany({ where: { audience: { sample: false } }, select: { definition: true } }),
      metadata.funnel.findMany({ select: { funnel: true } }),
    ]);
    const texts = [...versions, ...funnels].map((one) => JSON.stringify(one));
    for (const { id } of samples) {
      if (texts.some((text) => text.includes(id))) {
        await metadata.audience.update({ where: { id }, data: { sample: false } });
      } else {
        await metadata.audience.delete({ where: { id } });
      }
    }
  }
}

/** Its times stand as they are made. */
const around = { trustTimestamps: true } as const;

function read(calls: readonly unknown[], receivedAt: number): Arrived[] {
  const envelope = {
    receivedAt,
    trustTimestamps: true,
    maxMessageBytes: segmentLimits.messageBytes,
    nameMessage: () => "",
  };
  return calls.map((raw) => ({ raw, read: normalize(raw, undefined, envelope, 0), receivedAt, around }));
}
