import { calendarBounds } from "@/core/audience/calendar";
import type { EventStore } from "@/server/event-store/event-store";
import { inOneView } from "@/server/ingest/history-gate";
import type { Metadata } from "@/server/metadata/scoped";
import type { NewChange } from "./change-rows";
import { decide } from "./deciding";
import { Foresight } from "./foresight";
import { derivedUntil, type Heard, highestProfile, matters, readHeard } from "./heard";
import { Histories } from "./histories";
import type { MembershipLog } from "./membership-log";
import { neededByAll } from "./needed-by-all";
import { readSavedAudiences, type SavedAudiences, stateOfAudiences } from "./saved-audiences";
import type { TrackedAudience } from "./tracked-audience";
import { type Difference, differenceOf } from "./whole-sets";

interface KeeperOptions {
  /** Reads see nothing but what is derived, and all or nothing of a join. */
  eventStore: EventStore;
  /** Resolves when all that was acknowledged is derived. */
  settled: () => Promise<void>;
  metadata: Metadata;
  log: MembershipLog;
  /** Milliseconds since the epoch. */
  now: () => number;
  signal: AbortSignal;
  /** Told of an audience that could not be computed; it is tried again. */
  onError: (error: unknown, what: string) => void;
}

/**
 * More people than that, for each audience, are looked at together, and are in or out as of the moment of the look: a set of
 * everybody takes about as long.
 */
const mostLooks = 5_000;
/** After a stop, time is gone through in strides where moments are not known beforehand: of an hour, or longer and so many. */
const strideMs = 3_600_000;
const mostStrides = 24;
/** How long the looks at everybody, where nothing cheaper is exact, may take of each step. */
const wholeLooksMs = 150;
/** Where no more has come in there is time to read ahead. */
const quietMessages = 100;
/** How often a log that has not changed says that it is complete. */
const savedEveryMs = 60_000;

const nothing: Heard = { messages: [], identified: new Set(), gone: new Map(), highest: 0 };

/**
 * Keeps the logs of all audiences complete up to a moment: of the people who were heard of since, and of those whose events or
 * traits cross an edge of a condition, each one's history is asked when they were in. Everybody is looked at only where an
 * audience is new or means something else, where thousands of people are touched at once, and where moments stand in the contents
 * of messages (docs/decisions/0009-live-membership.md).
 */
export class MembershipKeeper {
  readonly #options: KeeperOptions;
  readonly #log: MembershipLog;
  #saved: SavedAudiences | undefined;
  #foresight: Foresight | undefined;
  readonly #histories = new Histories();
  /** Up to when the logs of unforeseen audiences are complete, and those of their people who were looked at since. */
  readonly #wholeTo = new Map<string, { at: number; people: Map<number, number> }>();
  /** Audiences that are to be computed from scratch. */
  readonly #behind = new Set<string>();
  /** The highest number that anybody had by an arrival. */
  #highest = { arrival: -1, profile: 0 };
  #savedAt = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  /** When time will change something next, as far as it is known; Infinity where nothing is. */
  get next(): number {
    return this.#foresight?.next ?? Infinity;
  }

  /** How many audiences have to be looked at again and again. */
  get isWatching(): boolean {
    return (this.#saved?.tracked.size ?? 0) > 0;
  }

  /**
   * Brings every log up to now. With `whole`, also those that else would wait for their turn. Cut off by an error, the next
   * call does what is left.
   */
  async bringUpToDate(whole = false): Promise<void> {
    const { metadata, now } = this.#options;
    if (this.#saved === undefined || (await stateOfAudiences(metadata)) !== this.#saved.state) {
      await this.#reload();
      // Whoever has just saved an audience expects in it whom they saw.
      if (this.isWatching) await this.#options.settled();
    }
    const goal = Math.max(now(), this.#log.progress.asOf);
    const begun = this.#log.progress.asOf === 0 ? goal : this.#log.progress.asOf;
    const isKnown = ![...(this.#saved?.tracked.values() ?? [])].some((one) => one.isUnforeseen || one.asksOthers);
    const stride = isKnown ? Infinity : Math.max(strideMs, (goal - begun) / mostStrides);
    for (let from = begun; ; from = this.#log.progress.asOf) {
      const to = Math.min(goal, from + Math.ceil(stride), this.#midnightAfter(from));
      await inOneView(() => this.#step(from, to, whole && to === goal));
      if (to >= goal) return;
    }
  }

  /** Who would have to enter or leave for the log to be what a computation from scratch finds, as of the log's own moment. */
  async check(audienceId: string): Promise<Difference | undefined> {
    await this.bringUpToDate(true);
    const audience = this.#saved?.tracked.get(audienceId);
    return audience && inOneView(() => this.#difference(audience, this.#log.progress.asOf));
  }

  /** All that is known of anybody may be otherwise now: the next call computes every audience from scratch. */
  startOver(): void {
    this.#histories.clear();
    this.#foresight = undefined;
    for (const id of this.#log.followed()) this.#behind.add(id);
  }

  async #reload(): Promise<void> {
    this.#saved = await readSavedAudiences(this.#options.metadata);
    const { tracked } = this.#saved;
    const single = [...tracked.values()].filter(({ asksOthers }) => !asksOthers);
    this.#histories.begin(neededByAll(single.map(({ needed }) => needed)));
    for (const id of this.#log.followed()) {
      if (!tracked.has(id)) await this.#log.setMeaning(id, "");
    }
  }

  #midnightAfter(moment: number): number {
    const saved = this.#saved;
    const asks = [...(saved?.tracked.values() ?? [])].some(hasMidnights);
    if (!saved || !asks) return Infinity;
    return calendarBounds("today", { now: moment, timeZone: saved.context.timeZone }).to;
  }

  async #step(from: number, to: number, whole: boolean): Promise<void> {
    const { eventStore, log, now, signal } = this.#options;
    const saved = this.#saved;
    if (!saved) return;
    const { tracked } = saved;
    const before = log.progress.asOf === 0 ? await derivedUntil(eventStore) : log.progress.arrival;
    const arrival = await derivedUntil(eventStore);
    const heard = arrival > before && tracked.size > 0 ? await this.#hear(before, arrival) : nothing;
    const fresh = [...tracked.values()].filter(
      ({ id, meaning }) => log.meaningOf(id) !== meaning || this.#behind.has(id),
    );
    const known = new Map([...tracked].filter(([id]) => !fresh.some((audience) => audience.id === id)));
    const single = new Map([...known].filter(([, { asksOthers }]) => !asksOthers));
    const foresight = await this.#foresee(single, heard, { from, to, arrival });

    const looks = foresight.take(to);
    const due = new Set(looks.keys());
    this.#addHeard(looks, single, heard, foresight, to);
    const atMidnight = to === this.#midnightAfter(from);
    const all = sum([...looks.values()].map(({ size }) => size)) > mostLooks * known.size;
    const together = [...known.values()].filter(
      (audience) => all || foresight.crowded.has(audience.id) || (atMidnight && hasMidnights(audience)),
    );
    if (all) looks.clear();
    const direct: NewChange[] = [];
    const lookedAt: TrackedAudience[] = [];
    this.#histories.forgetChanged(heard);
    const started = performance.now();
    for (const audience of [...together, ...this.#unforeseen(known, together)]) {
      const mayWait = !whole && performance.now() - started > wholeLooksMs;
      if (mayWait && !together.includes(audience)) break;
      lookedAt.push(audience);
      direct.push(...(await this.#lookAtAll(audience, to, heard, looks, due)));
    }
    const { changes, undecided } = await decide(looks, {
      eventStore,
      histories: this.#histories,
      tracked: known,
      context: saved.context,
      isMember: (audienceId, profile) => log.membersOf(audienceId).has(profile),
      completeTo: (audienceId, profile) => this.#completeTo(audienceId, profile, from),
      to,
      atMidnight,
      heard,
      until: arrival,
      onlyHeard: (profile) => !due.has(profile),
      signal,
    });
    this.#histories.forgetUnread(heard, looks);
    this.#noteLooks(looks, known, lookedAt, to);
    const gone = goneMembers(known, heard, log, changes, to);
    // What was found of everybody comes first: cut off after it, the rest is found again.
    await log.append(direct, now());
    await log.append(
      [...changes, ...gone].sort((one, other) => one.at - other.at),
      now(),
      { asOf: to, arrival },
    );
    for (const id of undecided) this.#behind.add(id);
    for (const audience of fresh) await this.#begin(audience, to);
    await foresight.add(
      eventStore,
      new Map(fresh.filter(({ asksOthers }) => !asksOthers).map((audience) => [audience.id, audience])),
      to,
      arrival,
    );
    if (heard.messages.length < quietMessages && tracked.size > 0) {
      await this.#histories.readAhead(eventStore, arrival, signal);
    }
    if (Math.abs(now() - this.#savedAt) >= savedEveryMs) {
      this.#savedAt = now();
      await log.saveProgress();
    }
  }

  /** Leaves for the next call what the highest number is by then. */
  async #hear(after: number, until: number): Promise<Heard> {
    const { eventStore } = this.#options;
    const { arrival, profile } = this.#highest;
    const known = arrival === after ? profile : await highestProfile(eventStore, after);
    const heard = await readHeard(eventStore, { after, until, known }, this.#histories.needed);
    this.#highest = { arrival: until, profile: heard.highest };
    return heard;
  }

  async #foresee(
    known: ReadonlyMap<string, TrackedAudience>,
    heard: Heard,
    { from, to, arrival }: { from: number; to: number; arrival: number },
  ): Promise<Foresight> {
    const { eventStore } = this.#options;
    this.#foresight ??= new Foresight(from);
    await this.#foresight.extend(eventStore, known, to, arrival);
    await this.#foresight.add(eventStore, known, from, arrival, [...heard.identified]);
    return this.#foresight;
  }

  #addHeard(
    looks: Map<number, Set<string>>,
    known: ReadonlyMap<string, TrackedAudience>,
    heard: Heard,
    foresight: Foresight,
    to: number,
  ): void {
    const look = (profile: number, ids: Iterable<string>) => {
      const some = looks.get(profile) ?? new Set<string>();
      for (const id of ids) some.add(id);
      if (some.size > 0) looks.set(profile, some);
    };
    for (const message of heard.messages) {
      const concerned = [...known.values()].filter((audience) => matters(audience, message));
      foresight.hear(message, concerned, to);
      look(
        message.profile,
        concerned.map(({ id }) => id),
      );
    }
    for (const profile of heard.identified) look(profile, known.keys());
  }

  /** Those whose moments nobody knows, the one first that was not looked at for longest. */
  #unforeseen(known: ReadonlyMap<string, TrackedAudience>, together: readonly TrackedAudience[]): TrackedAudience[] {
    const lookedAt = ({ id }: TrackedAudience) => this.#wholeTo.get(id)?.at ?? 0;
    return [...known.values()]
      .filter((audience) => (audience.isUnforeseen || audience.asksOthers) && !together.includes(audience))
      .sort((one, other) => lookedAt(one) - lookedAt(other));
  }

  /** Adds those who differ to the looks; where they are too many, they are in or out as of `to`. */
  async #lookAtAll(
    audience: TrackedAudience,
    to: number,
    heard: Heard,
    looks: Map<number, Set<string>>,
    due: Set<number>,
  ): Promise<NewChange[]> {
    const { id } = audience;
    const { entered, exited } = await this.#difference(audience, to);
    const numbers = [...entered.numbers(), ...exited.numbers()];
    if (numbers.length <= mostLooks && !audience.asksOthers) {
      for (const profile of numbers) {
        looks.set(profile, (looks.get(profile) ?? new Set()).add(id));
        due.add(profile);
      }
      return [];
    }
    const last = new Map(heard.messages.map(({ profile, messageId }) => [profile, messageId]));
    return [entered, exited].flatMap((people) =>
      Array.from(people.numbers(), (profile): NewChange => {
        const messageId = last.get(profile) ?? "";
        const cause =
          messageId !== "" || (audience.asksOthers && heard.messages.length > 0)
            ? "message"
            : heard.identified.has(profile)
              ? "identity"
              : "moment";
        return { audienceId: id, profile, entered: people === entered, at: to, cause, messageId };
      }),
    );
  }

  #difference(audience: TrackedAudience, now: number): Promise<Difference> {
    const { eventStore, log, signal } = this.#options;
    if (!this.#saved) throw new Error("The audiences have not been read");
    const context = { ...this.#saved.context, now };
    return differenceOf(eventStore, audience, context, log.membersOf(audience.id), signal);
  }

  /** Computes an audience that is new, means something else, or could not be computed before. */
  async #begin(audience: TrackedAudience, at: number): Promise<void> {
    const { log, now, onError, signal } = this.#options;
    const { id, meaning } = audience;
    try {
      const { entered, exited } = await this.#difference(audience, at);
      const cause = log.meaningOf(id) === meaning ? "catch-up" : "definition";
      const changes = [entered, exited].flatMap((people) =>
        Array.from(people.numbers(), (profile): NewChange => {
          return { audienceId: id, profile, entered: people === entered, at, cause, messageId: "" };
        }),
      );
      await log.append(changes, now());
      await log.setMeaning(id, meaning);
      this.#wholeTo.set(id, { at, people: new Map() });
      this.#behind.delete(id);
    } catch (error) {
      if (signal.aborted) throw error;
      this.#behind.add(id);
      onError(error, `The members of the audience ${id} could not be found; it is tried again`);
    }
  }

  #completeTo(audienceId: string, profile: number, from: number): number {
    const whole = this.#wholeTo.get(audienceId);
    if (!whole || !this.#saved?.tracked.get(audienceId)?.isUnforeseen) return from;
    return whole.people.get(profile) ?? Math.min(whole.at, from);
  }

  #noteLooks(
    looks: ReadonlyMap<number, ReadonlySet<string>>,
    known: ReadonlyMap<string, TrackedAudience>,
    whole: readonly TrackedAudience[],
    to: number,
  ): void {
    for (const { id } of whole) this.#wholeTo.set(id, { at: to, people: new Map() });
    for (const [profile, ids] of looks) {
      for (const id of ids) if (known.get(id)?.isUnforeseen) this.#wholeTo.get(id)?.people.set(profile, to);
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function hasMidnights({ edges }: TrackedAudience): boolean {
  return edges.some(({ of }) => of === "midnight");
}

/** Members who are dead now, and whom nobody looked at. */
function goneMembers(
  known: ReadonlyMap<string, TrackedAudience>,
  { gone }: Heard,
  log: MembershipLog,
  changes: readonly NewChange[],
  at: number,
): NewChange[] {
  const told = new Set(changes.map(({ audienceId, profile }) => `${audienceId} ${profile}`));
  return [...gone].flatMap(([profile, into]) =>
    [...known.keys()].flatMap((audienceId): NewChange[] => {
      if (!log.membersOf(audienceId).has(profile) || told.has(`${audienceId} ${profile}`)) return [];
      const cause = into === 0 ? "deletion" : "identity";
      return [{ audienceId, profile, entered: false, at, cause, messageId: "" }];
    }),
  );
}
