import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Import } from "@/generated/prisma/client";
import { AppError } from "../../core/errors";
import { maxDeliveryMessages } from "../ingest/ingest";
import type { Intake, Outcome } from "../ingest/intake";
import type { Logger } from "../log";
import type { Metadata } from "../metadata/scoped";
import { errorsOf, keptErrors } from "./import-run";
import { nameLines } from "./line-names";
import { type ArrivedLine, needNames, prepareChunk } from "./prepare-chunk";
import { readFile } from "./read-file";
import { sweepSpool } from "./spool";

const retryMs = 500;

export interface ImportRunnerOptions {
  metadata: Metadata;
  intake: Intake;
  log: Logger;
  dataDir: string;
  now: () => Date;
}

/** Why a run was told to stop: its owner cancelled it, or the process ends and the next one goes on with it. */
type StopReason = "cancelled" | "stopping";

/** Brings files in, in the background. What a run has done is written down after each chunk, and goes on after a restart. */
export class ImportRunner {
  readonly folder: string;
  readonly #running = new Map<string, { stop: (reason: StopReason) => void; done: Promise<void> }>();

  constructor(readonly options: ImportRunnerOptions) {
    this.folder = join(options.dataDir, "imports");
  }

  /** Goes on with what the last process had to leave, and removes files that nothing needs. */
  async resume(): Promise<void> {
    const unfinished = await this.options.metadata.import.findMany({
      where: { status: "running" },
      orderBy: { id: "asc" },
    });
    const paths = unfinished.flatMap(({ spoolPath }) => (spoolPath === null ? [] : [spoolPath]));
    await sweepSpool(this.folder, new Set(paths));
    for (const run of unfinished) this.start(run);
  }

  start(run: Import): void {
    const controller = new AbortController();
    const done = this.#run(run, controller.signal).finally(() => this.#running.delete(run.id));
    this.#running.set(run.id, { stop: (reason) => controller.abort(reason), done });
  }

  /** Stops a run; resolves once it has stopped. What was accepted stays. */
  async cancel(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.stop("cancelled");
    await running?.done;
  }

  /** Stops every run where it is; the next process goes on from there. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop("stopping");
    await Promise.all(running.map(({ done }) => done));
  }

  async #run(run: Import, signal: AbortSignal): Promise<void> {
    let end: { status: "done" | "cancelled" | "failed"; failure: string | null };
    try {
      await this.#bringIn(run, signal);
      end = { status: "done", failure: null };
    } catch (error) {
      if (signal.aborted && signal.reason === "stopping") return;
      if (signal.aborted) end = { status: "cancelled", failure: null };
      else end = { status: "failed", failure: this.#failureOf(error, run) };
    }
    try {
      await this.options.metadata.import.update({
        where: { id: run.id },
        data: { ...end, finishedAt: this.options.now(), spoolPath: null },
      });
      if (run.spoolPath !== null) await rm(run.spoolPath, { force: true });
    } catch (error) {
      this.options.log.error({ err: error, importId: run.id }, "The end of an import could not be written down");
    }
  }

  #failureOf(error: unknown, run: Import): string {
    if (error instanceof AppError) return error.message;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code.startsWith("Z_")) return "The compressed data is damaged or cut off. What came before it was brought in.";
    if (code === "ENOENT") return "The file is gone from the data folder. Send it again.";
    this.options.log.error({ err: error, importId: run.id }, "An import failed");
    return "Something went wrong on the server; its log says what. What came before was brought in.";
  }

  async #bringIn(run: Import, signal: AbortSignal): Promise<void> {
    let name: ((place: string) => string) | undefined;
    let last: Promise<void> = Promise.resolve();
    const progress = new Progress(run, this.options.metadata);
    try {
      for await (const { entries, bytesRead } of readFile(run, maxDeliveryMessages, progress.read)) {
        signal.throwIfAborted();
        if (name === undefined && needNames(entries)) name = await nameLines(run);
        const receivedAt = this.options.now().getTime();
        const chunk = prepareChunk(entries, run.id, receivedAt, (place) => name?.(place) ?? "");
        // One chunk is stored while the next is read and checked.
        await last;
        last = this.#take(run.sourceId, chunk, signal).then((outcomes) => progress.add(chunk, outcomes, bytesRead));
        last.catch(() => undefined);
      }
    } finally {
      await last;
    }
  }

  /** Tries until they are taken: a store that is busy for the moment is no reason to give up a file. */
  async #take(source: string, chunk: readonly ArrivedLine[], signal: AbortSignal): Promise<Outcome[]> {
    for (;;) {
      try {
        return await this.options.intake.take(source, chunk, "import");
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
        await sleep(retryMs, undefined, { signal });
      }
    }
  }
}

/** What a run has done so far, written down chunk by chunk. */
class Progress {
  read: number;
  #accepted: number;
  #duplicates: number;
  #rejected: number;
  readonly #errors: ReturnType<typeof errorsOf>;

  constructor(
    readonly run: Import,
    readonly metadata: Metadata,
  ) {
    this.read = Number(run.read);
    this.#accepted = Number(run.accepted);
    this.#duplicates = Number(run.duplicates);
    this.#rejected = Number(run.rejected);
    this.#errors = errorsOf(run);
  }

  async add(chunk: readonly ArrivedLine[], outcomes: readonly Outcome[], bytesRead: number): Promise<void> {
    this.read += chunk.length;
    outcomes.forEach(({ verdict, refusal }, index) => {
      if (verdict === "accepted") this.#accepted++;
      else if (verdict === "duplicate") this.#duplicates++;
      else this.#rejected++;
      if (refusal === null || this.#errors.length >= keptErrors) return;
      this.#errors.push({ line: chunk[index]?.line ?? 0, code: refusal.code, message: refusal.message });
    });
    await this.metadata.import.update({
      where: { id: this.run.id },
      data: {
        bytesRead,
        read: this.read,
        accepted: this.#accepted,
        duplicates: this.#duplicates,
        rejected: this.#rejected,
        errors: this.#errors,
      },
    });
  }
}
