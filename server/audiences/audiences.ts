import type { Audience } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { AppError } from "@/core/errors";
import { isUniqueViolation } from "@/server/metadata/unique-violation";
import type { Services } from "@/server/services";
import { audienceContext } from "./context";
import { freeKey, keyFromName } from "./key";
import { audienceOf, readAudience, storedDefinition, withCurrentVersion } from "./stored";
import { refuseWhileUsed } from "./usage";

type Stores = Pick<Services, "metadata" | "now">;

interface NewAudience {
  name: string;
  description?: string | undefined;
  tags?: string[] | undefined;
  definition: AudienceDefinition;
}

interface AudienceChanges {
  name?: string | undefined;
  description?: string | undefined;
  tags?: string[] | undefined;
  definition?: AudienceDefinition | undefined;
  /** Why the definition is changed. */
  note?: string | undefined;
  /** The version that the definition is of. */
  restoredFrom?: number | undefined;
  archived?: boolean | undefined;
}

/** Saves a definition as version 1, under a key made from the name. Errors: `invalid`. */
export async function createAudience(
  stores: Stores,
  { name, description, tags, definition }: NewAudience,
  createdBy: string | null,
): Promise<Audience> {
  await validate(stores, definition);
  const key = keyFromName(name);
  for (;;) {
    const alike = await stores.metadata.audience.findMany({
      where: { key: { startsWith: key } },
      select: { key: true },
    });
    const free = freeKey(key, new Set(alike.map((audience) => audience.key)));
    const versions = { create: { version: 1, definition: storedDefinition.parse(definition), createdBy } };
    const data = { key: free, name, description, tags, versions };
    try {
      return audienceOf(await stores.metadata.audience.create({ data, include: withCurrentVersion }));
    } catch (error) {
      // Another one of that name was made at the same time and has the key now.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}

/**
 * Changes what is given; a definition becomes a new version, and the key stays. Errors: `not_found`; `invalid`;
 * `conflict` for archiving what an audience or a funnel uses.
 */
export async function updateAudience(
  stores: Stores,
  id: string,
  { name, description, tags, definition, note, restoredFrom, archived }: AudienceChanges,
  createdBy: string | null,
): Promise<Audience> {
  const { archivedAt } = await readAudience(stores, id);
  if (note !== undefined && !definition) {
    throw new AppError("invalid", "A note is kept with a new version: send its definition as well.", "note");
  }
  if (definition) await validate(stores, definition, id);
  const toArchive = archived === true && archivedAt === null;
  if (toArchive) await refuseWhileUsed(stores, id);
  const archiving =
    archived === undefined || archived === (archivedAt !== null) ? {} : { archivedAt: toArchive ? stores.now() : null };
  return stores.metadata.$transaction(async (transaction) => {
    const next = definition ? { version: { increment: 1 } } : {};
    const { version } = await transaction.audience.update({
      where: { id },
      data: { name, description, tags, ...archiving, ...next },
    });
    if (definition) {
      await transaction.audienceVersion.create({
        data: {
          audienceId: id,
          version,
          definition: storedDefinition.parse(definition),
          note,
          restoredFrom,
          createdBy,
        },
      });
    }
    return audienceOf(await transaction.audience.findUniqueOrThrow({ where: { id }, include: withCurrentVersion }));
  });
}

async function validate(stores: Stores, definition: AudienceDefinition, self?: string): Promise<void> {
  validateDefinition(definition, { ...(await audienceContext(stores, stores.now().getTime(), definition)), self });
}
