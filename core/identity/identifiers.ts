import type { IdentityRules } from "./rules";

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const maxIdLength = 1_000;
const none: readonly string[] = [];

/** What decides whose a message is: the workspace's rules, made ready to be asked for each message. */
export class IdentityCheck {
  readonly #blocked: ReadonlySet<string>;
  readonly #external: ReadonlySet<string>;

  constructor(
    readonly rules: IdentityRules,
    /** Whether an identifier belongs to somebody who was deleted and must not come back. */
    readonly isSuppressed: (kind: "user" | "anonymous" | "other", id: string) => boolean = () => false,
  ) {
    this.#blocked = new Set(rules.blocked.map((value) => value.trim().toLowerCase()));
    this.#external = new Set(rules.external);
  }

  /** Whether anything but the ids of a message must be read to know whose it is. */
  get readsContents(): boolean {
    return this.rules.email || this.#external.size > 0;
  }

  /** Whether a text identifies nobody. */
  isBlocked(id: string): boolean {
    return this.#blocked.has(id.trim().toLowerCase());
  }

  /**
   * The further identifiers that a message carries by the rules, each as its type, a colon, and the id: emails in lower case
   * without the space around them, external ids as they are. Without such rules there are none.
   */
  othersOf(type: string, values: Fields, context: Fields): readonly string[] {
    if (!this.readsContents) return none;
    const found = new Set<string>();
    const add = (kind: string, id: string) => {
      if (id !== "" && id.length <= maxIdLength && !this.isBlocked(id)) found.add(`${kind}:${id.toWellFormed()}`);
    };
    if (this.rules.email) {
      const sent = [type === "identify" ? values.email : undefined, isFields(context.traits) && context.traits.email];
      for (const email of sent) if (typeof email === "string") add("email", email.trim().toLowerCase());
    }
    if (this.#external.size > 0 && Array.isArray(context.externalIds)) {
      for (const entry of context.externalIds) {
        if (!isFields(entry) || typeof entry.type !== "string" || !this.#external.has(entry.type)) continue;
        // Those of accounts say nothing about a person, and what is hashed cannot be told from what is not.
        if ((entry.collection ?? "users") !== "users" || (entry.encoding ?? "none") !== "none") continue;
        if (typeof entry.id === "string" || typeof entry.id === "number") add(entry.type, String(entry.id));
      }
    }
    return [...found];
  }
}
