import type {
  AudienceDefinition,
  AudienceTree,
  EventAggregate,
  EventNode,
  FunnelNode,
  SequenceNode,
} from "@/core/audience/definition";
import type { TraitNode } from "@/core/audience/filter";
import { isNegative, type Moment } from "@/core/audience/operators";
import { type AudiencesById, audienceById, checkReferences } from "@/core/audience/references";
import { type Duration, durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { type Sql, sql } from "@/server/event-store/sql";
import { peopleWithAggregate } from "./aggregate";
import { candidates } from "./candidates";
import { peopleWithEvents } from "./count";
import { peopleWithBreak } from "./held-for";
import { sampledPeople } from "./sample";
import { peopleWithSequence } from "./sequence";
import { Sets } from "./sets";
import { peopleWithTrait, traitKey } from "./trait";
import { earliestMessage } from "./window";

export interface CompileContext extends Moment {
  audiences: AudiencesById;
  /** The bitmap of the people of a figure of a funnel; without it, funnels cannot be asked for. */
  funnelPeople?: (node: FunnelNode, context: CompileContext) => Sql;
  /** Only one of so many people is looked at; the statement must be run with `sampleSettings`. */
  sample?: number | undefined;
}

/** A definition as SQL over bitmaps of people's numbers (groupBitmap states over UInt32). */
export interface CompiledAudience {
  /** Expression of the bitmap of members. */
  readonly members: Sql;
  /** Expression of the bitmap of those who could be in. */
  readonly candidates: Sql;
  /** Expression of the people for whom one node holds, of those who could be in. */
  node(node: AudienceTree): Sql;
  /** Names every set used so far; more can be made of them. */
  readonly sets: Sets;
}

/**
 * Compiles a definition as of `now`; several of one moment may share their sets. Throws `invalid` for references to
 * audiences that are not there or that lead back to themselves.
 */
export function compileAudience(
  definition: AudienceDefinition,
  context: CompileContext,
  sets: Sets = new Sets(),
): CompiledAudience {
  checkReferences(definition, context.audiences);
  const compiler = new Compiler(sets, context);
  const everyone = compiler.candidates(definition);
  const members = compiler.node(definition.root, everyone);
  return {
    members,
    candidates: everyone,
    node: (node) => compiler.node(node, everyone),
    sets,
  };
}

/** Scalar subquery of the bitmap of a definition's members, for statements of any kind. */
export function membersSubquery(definition: AudienceDefinition, context: CompileContext): Sql {
  const compiled = compileAudience(definition, context);
  return sql`(${compiled.sets.select(compiled.members)})`;
}

class Compiler {
  constructor(
    readonly sets: Sets,
    readonly context: CompileContext,
  ) {}

  candidates({ includeAnonymous = false }: AudienceDefinition): Sql {
    const { now, sample } = this.context;
    const everyone = candidates(now, includeAnonymous, this.sets);
    return sample === undefined ? everyone : this.sets.and(everyone, sampledPeople(sample, this.sets));
  }

  /** Of `everyone`, the people for whom the node holds. */
  node(node: AudienceTree, everyone: Sql): Sql {
    switch (node.kind) {
      case "all":
        return node.conditions
          .map((child) => this.node(child, everyone))
          .reduce((left, right) => this.sets.and(left, right));
      case "any":
        return node.conditions
          .map((child) => this.node(child, everyone))
          .reduce((left, right) => this.sets.or(left, right));
      case "not":
        return this.sets.without(everyone, this.node(node.condition, everyone));
      case "event":
        return this.event(node, everyone);
      case "trait":
        return node.heldFor ? this.heldTrait(node, node.heldFor, everyone) : this.trait(node, this.context, everyone);
      case "sequence":
        return this.sets.and(everyone, this.sequence(node));
      case "audience": {
        const { definition } = audienceById(this.context.audiences, { audienceId: node.audienceId, path: "root" });
        const members = this.node(definition.root, this.candidates(definition));
        return node.member ? this.sets.and(everyone, members) : this.sets.without(everyone, members);
      }
      case "funnel":
        return this.sets.and(everyone, this.funnel(node));
      default:
        return assertNever(node);
    }
  }

  private funnel(node: FunnelNode): Sql {
    const { funnelPeople } = this.context;
    if (!funnelPeople) throw new Error("Nobody was named who finds the people of funnels");
    return this.sets.named(`funnel:${JSON.stringify(node)}`, () => sql`(SELECT ${funnelPeople(node, this.context)})`);
  }

  private trait(node: TraitNode, moment: Moment, everyone: Sql): Sql {
    const fits = peopleWithTrait(node, moment, this.sets);
    return isNegative(node.op) ? this.sets.without(everyone, fits) : this.sets.and(everyone, fits);
  }

  /** Held since the moment so long ago: true then, of people who had a message by then, and not broken since. */
  private heldTrait(node: TraitNode, heldFor: Duration, everyone: Sql): Sql {
    const cut = this.context.now - durationMs(heldFor);
    if (cut < earliestMessage) return this.sets.without(everyone, everyone);
    const then = candidates(cut, true, this.sets);
    const fitted = this.trait(node, { ...this.context, now: cut }, this.sets.and(everyone, then));
    const broken = this.sets.named(`trait break:${node.op}:${traitKey(node, this.context)}:${cut}`, () =>
      peopleWithBreak(node, cut, this.context),
    );
    return this.sets.without(fitted, broken);
  }

  private aggregate(node: EventNode, aggregate: EventAggregate, everyone: Sql): Sql {
    const { people, failing } = peopleWithAggregate(node, aggregate, this.context);
    const named = this.sets.named(`aggregate:${JSON.stringify(node)}`, () => people);
    return failing ? this.sets.without(everyone, named) : this.sets.and(everyone, named);
  }

  private sequence(node: SequenceNode): Sql {
    return this.sets.named(`sequence:${JSON.stringify(node)}`, () =>
      peopleWithSequence(node, this.able(node), this.context),
    );
  }

  /** Scalar subquery of everybody who did each step of a sequence at some time. */
  private able({ steps, window }: SequenceNode): Sql {
    const sets = new Sets();
    const people = steps
      .map(({ within: _, ...step }, index): Sql => {
        const bounds = index === 0 && window ? { window } : {};
        return peopleWithEvents({ kind: "event", ...step, ...bounds }, "at_least", 1, this.context, sets);
      })
      .reduce((left, right) => sets.and(left, right));
    return sql`(${sets.select(people)})`;
  }

  private event(node: EventNode, everyone: Sql): Sql {
    if (node.aggregate) return this.aggregate(node, node.aggregate, everyone);
    const { op, value } = node.count ?? { op: "at_least", value: 1 };
    switch (op) {
      case "at_least":
        return value === 0 ? everyone : this.sets.and(everyone, this.withEvents(node, "at_least", value));
      case "at_most":
        return this.sets.without(everyone, this.withEvents(node, "at_least", value + 1));
      case "exactly":
        if (value === 0) return this.sets.without(everyone, this.withEvents(node, "at_least", 1));
        return this.sets.and(everyone, this.withEvents(node, "exactly", value));
      default:
        return assertNever(op);
    }
  }

  private withEvents({ count: _, ...node }: EventNode, op: "at_least" | "exactly", times: number): Sql {
    return peopleWithEvents(node, op, times, this.context, this.sets);
  }
}
