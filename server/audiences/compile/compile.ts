import type {
  AccountTree,
  AudienceDefinition,
  AudienceTree,
  EventAggregate,
  EventNode,
  FunnelNode,
  SequenceNode,
} from "@/core/audience/definition";
import type { TraitNode } from "@/core/audience/filter";
import { hasListedMatches } from "@/core/audience/listed-sequence";
import { isNegative, type Moment } from "@/core/audience/operators";
import { type AudiencesById, audienceById, checkReferences } from "@/core/audience/references";
import { type Duration, durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { bitmapLiteral } from "@/server/event-store/bitmap";
import { PeopleBits } from "@/server/event-store/people-bits";
import { type BlockReader, type Sql, sql } from "@/server/event-store/sql";
import { peopleInAccounts } from "./account";
import { peopleWithAggregate } from "./aggregate";
import { candidates } from "./candidates";
import { peopleWithEvents } from "./count";
import { peopleWithBreak } from "./held-for";
import { peopleWithListedSequence } from "./listed-sequence";
import { type Sample, sampledPeople } from "./sample";
import { peopleWithSequence } from "./sequence";
import type { PeopleSet } from "./set-reader";
import { and, bitmapOf, leaf, leafOf, or, without } from "./sets";
import { peopleWithTrait, traitKey } from "./trait";
import { earliestMessage } from "./window";

export interface CompileContext extends Moment {
  audiences: AudiencesById;
  /** Finds the people of a figure of a funnel; without it, funnels cannot be asked for. */
  funnelPeople?: (
    store: BlockReader,
    node: FunnelNode,
    context: CompileContext,
    signal: AbortSignal | undefined,
  ) => Promise<PeopleBits>;
  /** Only these people are looked at; the statement must be run with `sampleSettings`. */
  sample?: Sample | undefined;
}

/** A definition as sets of people, to be found by `readSets`. */
export interface CompiledAudience {
  readonly members: PeopleSet;
  /** Those who could be in. */
  readonly candidates: PeopleSet;
  /** The people for whom one node holds, of those who could be in. */
  node(node: AudienceTree): PeopleSet;
  /** The people who belong to an account that fits, for each of these conditions, of those who could be in. */
  inAccounts(conditions: readonly AccountTree[]): PeopleSet[];
}

/**
 * Compiles a definition as of `now`; what several of one moment have in common is found once. Throws `invalid` for references to
 * audiences that are not there or that lead back to themselves.
 */
export function compileAudience(definition: AudienceDefinition, context: CompileContext): CompiledAudience {
  checkReferences(definition, context.audiences);
  const compiler = new Compiler(context);
  const everyone = compiler.candidates(definition);
  const members = compiler.node(definition.root, everyone);
  return {
    members,
    candidates: everyone,
    node: (node) => compiler.node(node, everyone),
    inAccounts: (conditions) => compiler.accounts(conditions).map((people) => and(everyone, people)),
  };
}

/** Expression of the bitmap of a definition's members, for statements of any kind. */
export function membersSubquery(definition: AudienceDefinition, context: CompileContext): Sql {
  return bitmapOf(compileAudience(definition, context).members);
}

class Compiler {
  constructor(readonly context: CompileContext) {}

  candidates({ includeAnonymous = false }: AudienceDefinition): PeopleSet {
    const { now, sample } = this.context;
    const everyone = candidates(now, includeAnonymous);
    return sample === undefined ? everyone : and(everyone, sampledPeople(sample));
  }

  /** Of `everyone`, the people for whom the node holds. */
  node(node: AudienceTree, everyone: PeopleSet): PeopleSet {
    switch (node.kind) {
      case "all":
        return node.conditions.map((child) => this.node(child, everyone)).reduce(and);
      case "any":
        return node.conditions.map((child) => this.node(child, everyone)).reduce(or);
      case "not":
        return without(everyone, this.node(node.condition, everyone));
      case "event":
        return this.event(node, everyone);
      case "trait":
        return node.heldFor ? this.heldTrait(node, node.heldFor, everyone) : this.trait(node, this.context, everyone);
      case "sequence":
        return and(everyone, this.sequence(node));
      case "audience": {
        const { definition } = audienceById(this.context.audiences, { audienceId: node.audienceId, path: "root" });
        const members = this.node(definition.root, this.candidates(definition));
        return node.member ? and(everyone, members) : without(everyone, members);
      }
      case "funnel":
        return and(everyone, this.funnel(node));
      case "account":
        return this.accounts([node.condition]).reduce(and, everyone);
      default:
        return assertNever(node);
    }
  }

  /** Whoever did something did it for their account, anonymous or not. */
  accounts(conditions: readonly AccountTree[]): PeopleSet[] {
    const anybody = candidates(this.context.now, true);
    return peopleInAccounts(conditions, this.context, ({ condition }) => this.node(condition, anybody));
  }

  private funnel(node: FunnelNode): PeopleSet {
    const { funnelPeople } = this.context;
    if (!funnelPeople) throw new Error("Nobody was named who finds the people of funnels");
    return leaf(`funnel:${JSON.stringify(node)}`, ({ store, options }) =>
      funnelPeople(store, node, this.context, options.signal),
    );
  }

  private trait(node: TraitNode, moment: Moment, everyone: PeopleSet): PeopleSet {
    const fits = peopleWithTrait(node, moment);
    return isNegative(node.op) ? without(everyone, fits) : and(everyone, fits);
  }

  /** Held since the moment so long ago: true then, of people who had a message by then, and not broken since. */
  private heldTrait(node: TraitNode, heldFor: Duration, everyone: PeopleSet): PeopleSet {
    const cut = this.context.now - durationMs(heldFor);
    if (cut < earliestMessage) return without(everyone, everyone);
    const then = candidates(cut, true);
    const fitted = this.trait(node, { ...this.context, now: cut }, and(everyone, then));
    const broken = leafOf(`trait break:${node.op}:${traitKey(node, this.context)}:${cut}`, () =>
      peopleWithBreak(node, cut, this.context),
    );
    return without(fitted, broken);
  }

  private aggregate(node: EventNode, aggregate: EventAggregate, everyone: PeopleSet): PeopleSet {
    const { people, failing } = peopleWithAggregate(node, aggregate, this.context);
    const named = leafOf(`aggregate:${this.context.now}:${JSON.stringify(node)}`, () => people);
    return failing ? without(everyone, named) : and(everyone, named);
  }

  private sequence(node: SequenceNode): PeopleSet {
    return leaf(`sequence:${this.context.now}:${JSON.stringify(node)}`, async (reader) => {
      const able = await reader.people(this.able(node));
      if (able.count === 0) return PeopleBits.none;
      const { store, options } = reader;
      if (hasListedMatches(node)) {
        const { now, timeZone } = this.context;
        const key = `sequence:${now}:${timeZone}:${JSON.stringify([node, options.settings ?? null])}`;
        return store.keptPeople(key, () => peopleWithListedSequence(store, node, able, this.context, options));
      }
      const people = peopleWithSequence(node, bitmapLiteral(able), this.context);
      return reader.states(sql`SELECT CAST(${people}, 'String') AS people`);
    });
  }

  /** Everybody who is looked at and did each step of a sequence at some time. */
  private able({ steps, window }: SequenceNode): PeopleSet {
    const { sample } = this.context;
    const able = steps
      .map(({ within: _, ...step }, index): PeopleSet => {
        const bounds = index === 0 && window ? { window } : {};
        return peopleWithEvents({ kind: "event", ...step, ...bounds }, "at_least", 1, this.context);
      })
      .reduce(and);
    return sample === undefined ? able : and(able, sampledPeople(sample));
  }

  private event(node: EventNode, everyone: PeopleSet): PeopleSet {
    if (node.aggregate) return this.aggregate(node, node.aggregate, everyone);
    const { op, value } = node.count ?? { op: "at_least", value: 1 };
    switch (op) {
      case "at_least":
        return value === 0 ? everyone : and(everyone, this.withEvents(node, "at_least", value));
      case "at_most":
        return without(everyone, this.withEvents(node, "at_least", value + 1));
      case "exactly":
        if (value === 0) return without(everyone, this.withEvents(node, "at_least", 1));
        return and(everyone, this.withEvents(node, "exactly", value));
      default:
        return assertNever(op);
    }
  }

  private withEvents({ count: _, ...node }: EventNode, op: "at_least" | "exactly", times: number): PeopleSet {
    return peopleWithEvents(node, op, times, this.context);
  }
}
