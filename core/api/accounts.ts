import * as z from "zod";
import { endpoint } from "./endpoint";
import { profileRow, timelineMessage, timelineQuery, traitChange } from "./profiles";
import { jsonObject, page, pageQuery, timestamp } from "./shared";

/** An account's id is the groupId of the calls that name it, percent-encoded in addresses. */
const accountParams = z.strictObject({ id: z.string().min(1).max(1_000) });

const accountRow = z.strictObject({
  id: z.string(),
  /** Its trait `name` where that is text. */
  name: z.string().nullable(),
  /** People who belong to it now. */
  people: z.int(),
  firstSeen: timestamp,
});
export type AccountRow = z.infer<typeof accountRow>;

export const listAccounts = endpoint({
  method: "GET",
  path: "/api/accounts",
  summary: "Accounts that group calls have named, most people first; by a part of the id or the name",
  query: z.strictObject({
    search: z.string().max(500).optional(),
    limit: pageQuery.shape.limit,
    cursor: z.string().max(1_100).optional(),
  }),
  /** `total`: how many accounts fit in all. */
  answer: page(accountRow).extend({ total: z.int() }),
});

const account = accountRow.extend({ traits: jsonObject });
export type Account = z.infer<typeof account>;
export const getAccount = endpoint({
  method: "GET",
  path: "/api/accounts/:id",
  summary: "One account with its traits as they are now",
  params: accountParams,
  answer: account,
});

const accountPerson = profileRow.extend({ since: timestamp });
export type AccountPerson = z.infer<typeof accountPerson>;
export const listAccountPeople = endpoint({
  method: "GET",
  path: "/api/accounts/:id/people",
  summary: "The people who belong to an account, and since when, the first ones first",
  params: accountParams,
  query: pageQuery,
  answer: page(accountPerson),
});

export const listAccountTraitChanges = endpoint({
  method: "GET",
  path: "/api/accounts/:id/traits",
  summary: "Each value that group calls have set for a trait of an account, newest first",
  params: accountParams,
  query: z.strictObject({ trait: z.string().min(1).max(1_000), limit: pageQuery.shape.limit }),
  answer: page(traitChange),
});

const accountMessage = timelineMessage.extend({ profileId: z.string() });
export const listAccountMessages = endpoint({
  method: "GET",
  path: "/api/accounts/:id/messages",
  summary: "What the people of an account did, newest first",
  params: accountParams,
  query: timelineQuery,
  answer: page(accountMessage),
});
