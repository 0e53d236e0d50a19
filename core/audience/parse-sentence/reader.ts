import { type Duration, units } from "../../duration";
import { AppError } from "../../errors";
import type { Scalar } from "../filter";
import { placeWords, type Token, tokensOf } from "./tokens";

type Unit = (typeof units)[number];

/** Goes through the tokens of a sentence. What is expected and is not there is an `invalid` that says where. */
export class Reader {
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  /** Whether these words come next: `sees("and then not")`. */
  sees(words: string): boolean {
    return words.split(" ").every((word, index) => this.wordAt(index) === word);
  }

  /** Goes on behind these words if they come next. */
  takes(words: string): boolean {
    const seen = this.sees(words);
    if (seen) this.next += words.split(" ").length;
    return seen;
  }

  /** The first of some wordings that comes next; the longer ones must stand before those that they begin with. */
  takesOne<Meaning>(wordings: readonly (readonly [words: string, meaning: Meaning])[]): Meaning | undefined {
    return wordings.find(([words]) => this.takes(words))?.[1];
  }

  expect(words: string): void {
    if (!this.takes(words)) this.fail(`“${words}”`);
  }

  /** Whether a text in quotes comes next. */
  seesText(): boolean {
    return this.tokens[this.next]?.kind === "text";
  }

  name(what: string): string {
    const token = this.tokens[this.next];
    if (token?.kind !== "text") return this.fail(`${what} in quotes`);
    this.next += 1;
    return token.value;
  }

  seesNumber(): boolean {
    return this.tokens[this.next]?.kind === "number";
  }

  number(): number {
    const token = this.tokens[this.next];
    if (token?.kind !== "number") return this.fail("a number");
    this.next += 1;
    return token.value;
  }

  private seesScalar(): boolean {
    return this.seesText() || this.seesNumber() || this.sees("true") || this.sees("false");
  }

  /** Whether another value of a list comes next: behind a comma, or behind the "or" before the last. */
  seesListItem(): boolean {
    if (!this.sees(",") && !this.sees("or")) return false;
    this.next += 1;
    const seen = this.seesScalar();
    this.next -= 1;
    return seen;
  }

  scalar(): Scalar {
    if (this.takes("true")) return true;
    if (this.takes("false")) return false;
    return this.textOrNumber("a value");
  }

  textOrNumber(what: string): string | number {
    if (this.seesNumber()) return this.number();
    return this.seesText() ? this.name(what) : this.fail(`${what}: a number, or a text in quotes`);
  }

  duration(): Duration {
    return this.unitOf(this.number());
  }

  unitOf(amount: number): Duration {
    const wordings = units.flatMap((unit): [string, Unit][] => [
      [`${unit}s`, unit],
      [unit, unit],
    ]);
    const unit = this.takesOne(wordings);
    return unit === undefined ? this.fail("seconds, minutes, hours, days or weeks") : { amount, unit };
  }

  /** Reads what is in brackets; far deeper than a definition may be nested is refused here. */
  deeper<Inside>(read: () => Inside): Inside {
    this.depth += 1;
    if (this.depth > 50) this.fail("fewer brackets within brackets");
    const inside = read();
    this.depth -= 1;
    return inside;
  }

  end(): void {
    if (this.next < this.tokens.length) this.fail("the end");
  }

  fail(expected: string): never {
    const at = this.tokens[this.next]?.at ?? this.text.length;
    throw new AppError("invalid", `Expected ${expected} ${placeWords(this.text, at)}.`);
  }

  private wordAt(offset: number): string | undefined {
    const token = this.tokens[this.next + offset];
    return token?.kind === "word" ? token.word : undefined;
  }
}
