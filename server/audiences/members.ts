import type { Member } from "@/core/api/audiences";
import { AppError } from "@/core/errors";
import { accountsOfPeople } from "@/server/accounts/of-people";
import { enteredAt, enteredAtOf } from "@/server/memberships/entered-at";
import { formatCursor, parseCursor } from "@/server/profiles/cursor";
import { readPeople } from "@/server/profiles/people";
import type { Services } from "@/server/services";
import { compileAudience } from "./compile/compile";
import { readSets } from "./compile/set-reader";
import { audienceContext, momentOf } from "./context";
import { parseColumns, traitsFor } from "./csv-columns";
import { readAudience } from "./stored";

interface MembersInput {
  asOf?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
  /** Names of traits, as `parseColumns` takes them. */
  accountTraits?: string | undefined;
}

interface MembersPage {
  items: Member[];
  nextCursor: string | null;
  asOf: string;
}

const defaultLimit = 100;
const lastNumber = 2 ** 32 - 1;

/**
 * A page of an audience's members. The cursor keeps the moment of the first page, so that all pages are of one list.
 * Errors: `not_found`; `invalid` for a cursor of another moment than `asOf`, and for names that cannot be read.
 */
export async function listMembers(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  id: string,
  { asOf, limit = defaultLimit, cursor, accountTraits }: MembersInput,
  signal?: AbortSignal,
): Promise<MembersPage> {
  const position = cursor === undefined ? undefined : parseCursor(cursor);
  const now = position?.moment ?? momentOf(services, asOf);
  if (position && asOf !== undefined && Date.parse(asOf) !== position.moment) {
    throw new AppError("invalid", "This cursor belongs to a list of another moment.", "cursor");
  }
  const traits = accountTraits === undefined ? [] : traitsFor(parseColumns(accountTraits, "accountTraits"));
  const first = position === undefined ? 0 : Number(position.tie) + 1;
  const [{ definition }, context] = await Promise.all([readAudience(services, id), audienceContext(services, now)]);
  const numbers = first > lastNumber ? [] : await numbersFrom(first);
  const last = numbers[limit - 1];
  const shown = numbers.slice(0, limit);
  const [people, since, accounts] = await Promise.all([
    readPeople(services.eventStore, shown, now, { signal }),
    enteredAtOf(services.eventStore, id, shown, now, signal),
    accountsOfPeople(services.eventStore, shown, now, traits, signal),
  ]);
  return {
    items: people.map((person) => ({
      ...person,
      enteredAt: enteredAt(since, person.id),
      accounts: [...(accounts.get(person.id) ?? [])],
    })),
    nextCursor: numbers.length > limit && last !== undefined ? formatCursor({ moment: now, tie: BigInt(last) }) : null,
    asOf: new Date(now).toISOString(),
  };

  /** One more than the page holds, to know whether there is a next one. */
  async function numbersFrom(from: number): Promise<number[]> {
    const [members] = await readSets(services.eventStore, [compileAudience(definition, context).members], { signal });
    return members?.first(limit + 1, from) ?? [];
  }
}
