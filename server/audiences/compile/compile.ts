import type { AudienceDefinition, AudienceTree, EventNode, SequenceNode } from "@/core/audience/definition";
import { isReservedTrait } from "@/core/audience/filter";
import { isNegative, type Moment, positiveOf } from "@/core/audience/operators";
import { type AudiencesById, audienceById, checkReferences } from "@/core/audience/references";
import { AppError, assertNever } from "@/core/errors";
import { type Sql, sql } from "@/server/event-store/sql";
import { candidates } from "@/server/profiles/live";
import { peopleWithEvents } from "./count";
import { peopleWithSequence } from "./sequence";
import { Sets } from "./sets";
import { peopleWithTrait } from "./trait";

export interface CompileContext extends Moment {
  audiences: AudiencesById;
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
  return sql`(${compiled.sets.clause()}SELECT ${compiled.members})`;
}

class Compiler {
  constructor(
    readonly sets: Sets,
    readonly context: CompileContext,
  ) {}

  candidates({ includeAnonymous = false }: AudienceDefinition): Sql {
    const { now } = this.context;
    return this.sets.named(`candidates:${includeAnonymous}`, () => candidates(now, includeAnonymous));
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
      case "trait": {
        if (node.heldFor || isReservedTrait(node.trait)) throw new AppError("invalid", "This trait cannot be counted.");
        const { op: _, ...rest } = node;
        const fits = this.sets.named(`trait:${positiveOf(node.op)}:${JSON.stringify(rest)}`, () =>
          peopleWithTrait(node, this.context, this.sets),
        );
        return isNegative(node.op) ? this.sets.without(everyone, fits) : this.sets.and(everyone, fits);
      }
      case "sequence":
        return this.sets.and(everyone, this.sequence(node));
      case "audience": {
        const { definition } = audienceById(this.context.audiences, { audienceId: node.audienceId, path: "root" });
        const members = this.node(definition.root, this.candidates(definition));
        return node.member ? this.sets.and(everyone, members) : this.sets.without(everyone, members);
      }
      default:
        return assertNever(node);
    }
  }

  private sequence(node: SequenceNode): Sql {
    const able = node.steps
      .map(({ within: _, ...step }, index): Sql => {
        const window = index === 0 && node.window ? { window: node.window } : {};
        return this.withEvents({ kind: "event", ...step, ...window }, "at_least", 1);
      })
      .reduce((left, right) => this.sets.and(left, right));
    return this.sets.named(`sequence:${JSON.stringify(node)}`, () => peopleWithSequence(node, able, this.context));
  }

  private event(node: EventNode, everyone: Sql): Sql {
    if (node.occurrence || node.aggregate)
      throw new AppError("invalid", "Occurrences and aggregates cannot be counted.");
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
    const key = `event:${op}:${times}:${JSON.stringify(node)}`;
    return this.sets.named(key, () => peopleWithEvents(node, op, times, this.context));
  }
}
