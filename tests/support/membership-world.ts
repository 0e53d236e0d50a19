import { join } from "node:path";
import { expect } from "vitest";
import { dependsOnOthers } from "@/core/audience/account-leaves";
import { type AudienceDefinition, audienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import { neededHistory } from "@/core/audience/needed-history";
import { validateDefinition } from "@/core/audience/validate";
import { AppError } from "@/core/errors";
import { createAudience, updateAudience } from "@/server/audiences/audiences";
import { audienceContext } from "@/server/audiences/context";
import { LiveMessages } from "@/server/debugger/live-messages";
import type { EventEngine } from "@/server/event-store/event-engine";
import type { EventStore } from "@/server/event-store/event-store";
import { openDatabase, openEventEngine } from "@/server/event-store/open";
import { mergePeople, splitPerson } from "@/server/identity/change-people";
import { deletePerson } from "@/server/identity/delete-person";
import { readIdentity } from "@/server/identity/read-log";
import { EventWriter } from "@/server/ingest/event-writer";
import { settledReads } from "@/server/ingest/settled-reads";
import { MembershipKeeper } from "@/server/memberships/keeper";
import { MembershipLog } from "@/server/memberships/membership-log";
import { neededByAll } from "@/server/memberships/needed-by-all";
import { readChanges } from "@/server/memberships/read-changes";
import { type OpenedMetadata, openMetadata } from "@/server/metadata/open";
import { type Metadata, scopedTo } from "@/server/metadata/scoped";
import { listProfiles } from "@/server/profiles/list";
import { readHistories } from "@/server/profiles/needed-history";
import { base } from "../parity/values";
import type { SentMessage, Step } from "./membership-steps";
import { testMessages } from "./messages";

const anybody: AudienceDefinition = { version: 1, root: { kind: "event" } };

function isValid(definition: AudienceDefinition, context: Parameters<typeof validateDefinition>[1]): boolean {
  try {
    validateDefinition(definition, context);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const names = ["one", "two", "three"];

/** What is of one story: a database of its own, and the keeper whose clock is the story's. */
interface Story {
  eventStore: EventStore;
  ingest: EventWriter;
  log: MembershipLog;
  keeper: MembershipKeeper;
  /** Cursors up to which each audience's changes were looked at. */
  seen: Map<string, number>;
}

/** A workspace whose messages, audiences and clock a test moves, with real stores. */
export class MembershipWorld {
  readonly #directory: string;
  readonly #engine: EventEngine;
  readonly #opened: OpenedMetadata;
  readonly #metadata: Metadata;
  #ids: string[] = [];
  #clock = base;
  #sent = 0;
  #story: Story | undefined;

  private constructor(directory: string, engine: EventEngine, opened: OpenedMetadata, metadata: Metadata) {
    this.#directory = directory;
    this.#engine = engine;
    this.#opened = opened;
    this.#metadata = metadata;
  }

  static async open(directory: string): Promise<MembershipWorld> {
    const engine = await openEventEngine({ dataDir: directory });
    const opened = await openMetadata({ dataDir: directory });
    const { id } = await opened.client.workspace.findFirstOrThrow();
    return new MembershipWorld(directory, engine, opened, scopedTo(opened.client, id));
  }

  async close(): Promise<void> {
    await this.#story?.ingest.close();
    await this.#opened.close();
    await this.#engine.close();
  }

  /** Begins a story in a database of this name. */
  async begin(name: string): Promise<void> {
    await this.#story?.ingest.close();
    await this.#opened.client.audience.deleteMany();
    this.#clock = base;
    this.#ids = [];
    const eventStore = await openDatabase(this.#engine, name);
    const ingest = new EventWriter({
      eventStore,
      directory: join(this.#directory, "ingest", name),
      now: () => this.#clock,
      onError: (error) => expect.fail(String(error)),
    });
    await ingest.open();
    this.#story = { eventStore, ingest, ...(await this.#keeping(eventStore, ingest)), seen: new Map() };
  }

  /** The story's store, as everybody but ingest sees it. */
  get store(): EventStore {
    const { eventStore, ingest } = this.#now();
    return settledReads(eventStore, ingest);
  }

  async take(step: Step): Promise<void> {
    const { ingest, eventStore, keeper, log } = this.#now();
    switch (step.kind) {
      case "send":
        await ingest.write({
          source: "s",
          messages: testMessages(...step.messages.map((one) => this.#raw(one))),
          rejections: [],
        });
        return;
      case "wait":
        this.#clock += step.milliseconds;
        return;
      case "look":
        await ingest.settled();
        await keeper.bringUpToDate(step.whole);
        return this.#checkMoments();
      case "define":
        return this.#define(step.audience, step.definition);
      case "restart":
        Object.assign(this.#now(), await this.#keeping(eventStore, ingest));
        return;
      case "check":
        return this.#check();
      default:
        return this.#changePeople(step, log);
    }
  }

  #now(): Story {
    if (!this.#story) throw new Error("No story has begun");
    return this.#story;
  }

  async #keeping(eventStore: EventStore, ingest: EventWriter): Promise<Pick<Story, "log" | "keeper">> {
    const log = await MembershipLog.open(eventStore);
    const keeper = new MembershipKeeper({
      settled: async () => undefined,
      eventStore: settledReads(eventStore, ingest),
      metadata: this.#metadata,
      log,
      now: () => this.#clock,
      signal: new AbortController().signal,
      onError: (error) => expect.fail(String(error)),
    });
    return { log, keeper };
  }

  #raw({ type, event, userId, anonymousId, previousId, age, properties }: SentMessage): object {
    this.#sent += 1;
    return {
      type,
      messageId: `m${this.#sent}`,
      timestamp: new Date(this.#clock - age).toISOString(),
      ...(userId !== undefined && { userId }),
      ...(anonymousId !== undefined && { anonymousId }),
      ...(type === "track" && { event }),
      ...((type === "page" || type === "screen") && { name: event }),
      ...(type === "alias" && { previousId }),
      ...(type === "group" && { groupId: "g" }),
      ...(type === "identify" || type === "group" ? { traits: properties } : { properties }),
    };
  }

  /** References of the random definitions are to the names of the three. */
  async #define(audience: number, random: AudienceDefinition): Promise<void> {
    const text = names.reduce(
      (so, name, index) => so.replaceAll(`"audienceId":"${name}"`, `"audienceId":"${this.#ids[index] ?? ""}"`),
      JSON.stringify(random),
    );
    const stores = { metadata: this.#metadata, now: () => new Date(this.#clock) };
    const context = await audienceContext(stores, this.#clock);
    const drawn = audienceDefinition.parse(JSON.parse(text));
    // Of random windows some are refused, and the API takes no U+0000.
    const definition = isValid(drawn, context) && !text.includes("\\u0000") ? drawn : anybody;
    const id = this.#ids[audience];
    if (id !== undefined) await updateAudience(stores, id, { definition }, null);
    else this.#ids.push((await createAudience(stores, { name: `Audience ${audience}`, definition }, null)).id);
  }

  async #changePeople(step: Extract<Step, { kind: "merge" | "split" | "delete" }>, log: MembershipLog): Promise<void> {
    const { ingest, eventStore: tables } = this.#now();
    const eventStore = settledReads(tables, ingest);
    const services = { eventStore, ingest, live: new LiveMessages(), memberships: log };
    const find = async (userId: string) =>
      (await listProfiles(eventStore, Date.UTC(2260, 0, 1), { userId, includeAnonymous: true })).items[0]?.id;
    const id = await find(step.kind === "merge" ? step.one : step.user);
    if (id === undefined) return;
    try {
      if (step.kind === "delete") await deletePerson(services, id, null);
      else if (step.kind === "merge") {
        const other = await find(step.other);
        if (other !== undefined) await mergePeople(services, { id, other }, null);
      } else {
        const held = (await readIdentity(eventStore, Number(id.slice(1)))).log.find(({ holds }) => holds);
        if (held) await splitPerson(services, { id, join: held.id }, null);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  /** Every change by time alone since the last look: the answer was another one just before its moment. */
  async #checkMoments(): Promise<void> {
    const { eventStore, seen } = this.#now();
    const context = await audienceContext({ metadata: this.#metadata }, this.#clock);
    for (const id of this.#ids) {
      const definition = context.audiences.get(id)?.definition;
      const { items } = await readChanges(
        { eventStore, now: () => new Date(this.#clock) },
        { audienceId: id, after: seen.get(id) ?? 0, limit: 1_000 },
      );
      seen.set(id, items.at(-1)?.cursor ?? seen.get(id) ?? 0);
      // Of who depends on others the log says when it was found.
      if (!definition || dependsOnOthers(definition, context.audiences)) continue;
      const needed = neededByAll([neededHistory(definition, context.audiences)]);
      for (const { cause, profile, at, change } of items) {
        if (cause !== "moment") continue;
        const [person] = await readHistories(eventStore, [profile], this.#clock, needed, {});
        if (!person) continue;
        const told = `${change} ${id} p${profile} at ${new Date(at).toISOString()}`;
        expect(evaluate(definition, person, at, context), told).toBe(change === "entered");
        expect(evaluate(definition, person, at - 1, context), `before: ${told}`).toBe(change === "exited");
      }
    }
  }

  async #check(): Promise<void> {
    const { ingest, keeper, log, eventStore } = this.#now();
    await ingest.settled();
    const folded = async () => MembershipLog.open(eventStore);
    for (const id of this.#ids) {
      const difference = await keeper.check(id);
      expect(
        difference && { entered: [...difference.entered.numbers()], exited: [...difference.exited.numbers()] },
        `audience ${id} as of ${new Date(log.progress.asOf).toISOString()}`,
      ).toEqual({ entered: [], exited: [] });
      expect([...(await folded()).membersOf(id).numbers()]).toEqual([...log.membersOf(id).numbers()]);
    }
    await this.#checkMoments();
  }
}
