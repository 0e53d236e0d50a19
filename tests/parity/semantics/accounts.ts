import type { AccountTree, AudienceTree } from "@/core/audience/definition";
import { day, define, group, hour, identify, now, type SemanticCase, track } from "./case";

const inAccount = (condition: AccountTree): AudienceTree => ({ kind: "account", condition });
const plan = (value: string): AccountTree => ({ kind: "trait", trait: "plan", op: "equals", value });
const some = (condition: AudienceTree): AccountTree => ({ kind: "person", condition });
const did = (event: string): AudienceTree => ({ kind: "event", event });
const anything: AccountTree = { kind: "trait", trait: "$group_id", op: "exists" };

export const accounts: readonly SemanticCase[] = [
  {
    says: "a person belongs to an account from the timestamp of their group call on, with the traits that anybody has set",
    definition: define(inAccount(plan("trial"))),
    people: {
      setter: [group({ plan: "trial" }, now - 3 * day)],
      fellow: [group({}, now - day)],
      late: [track("A"), group({}, now + 1)],
      elsewhere: [group({ plan: "paid" }, now - day, "globex")],
      personal: [identify({ plan: "trial" })],
    },
    in: ["setter", "fellow"],
  },
  {
    says: "an account's trait is the last value that was set by Order, whoever set it, by key",
    definition: define(inAccount({ kind: "all", conditions: [plan("paid"), { ...anything, trait: "seats" }] })),
    people: {
      first: [group({ plan: "trial", seats: 3 }, now - 3 * day)],
      second: [group({ plan: "paid" }, now - 2 * day)],
      third: [group({ plan: "trial" }, now + 1)],
      other: [group({ plan: "paid" }, now - day, "globex")],
    },
    in: ["first", "second"],
  },
  {
    says: "some person of the account: the person themself, others, and anonymous people",
    definition: define(inAccount(some(did("Invite Sent")))),
    people: {
      self: [group({}), track("Invite Sent")],
      VISITOR: [group({}, now - day, "globex"), track("Invite Sent")],
      fellow: [group({}, now - day, "globex")],
      alone: [track("Invite Sent")],
      early: [group({}, now - day, "initech")],
      joinsLater: [track("Invite Sent"), group({}, now + hour, "initech")],
    },
    in: ["self", "fellow"],
  },
  {
    says: "one account has to fit in whole: what is true of two of a person's accounts is not added up",
    definition: define(inAccount({ kind: "all", conditions: [plan("trial"), some(did("Invite Sent"))] })),
    people: {
      both: [group({ plan: "trial" }, now - day, "acme"), group({}, now - day, "globex")],
      sender: [track("Invite Sent"), group({ plan: "paid" }, now - day, "globex")],
      fitting: [track("Invite Sent"), group({ plan: "trial" }, now - day, "initech")],
    },
    in: ["fitting"],
  },
  {
    says: "not around it means no account, and includes people without any; not within it, some account that does not",
    definition: define({
      kind: "all",
      conditions: [
        { kind: "not", condition: inAccount(plan("trial")) },
        { kind: "not", condition: inAccount({ kind: "not", condition: some(did("A")) }) },
      ],
    }),
    people: {
      none: [track("B")],
      trial: [group({ plan: "trial" }), track("A")],
      active: [group({}, now - day, "globex"), track("A")],
      idle: [group({}, now - day, "initech")],
    },
    in: ["none", "active"],
  },
  {
    says: "heldFor: without a break, whoever set the same value again; absence from the account's first group call on",
    definition: define(
      inAccount({
        kind: "any",
        conditions: [
          { kind: "trait", trait: "plan", op: "equals", value: "trial", heldFor: { amount: 2, unit: "day" } },
          { kind: "trait", trait: "plan", op: "not_exists", heldFor: { amount: 2, unit: "day" } },
        ],
      }),
    ),
    people: {
      held: [group({ plan: "trial" }, now - 2 * day)],
      again: [group({ plan: "trial" }, now - day)],
      brief: [group({ plan: "trial" }, now - 3 * day, "globex"), group({ plan: "paid" }, now - day, "globex")],
      back: [group({ plan: "trial" }, now - hour, "globex")],
      absent: [group({ seats: 1 }, now - 2 * day, "initech")],
      fresh: [group({ seats: 1 }, now - day, "hooli")],
    },
    in: ["held", "again", "absent"],
  },
  {
    says: "$group_id is the account's own id",
    definition: define(inAccount({ kind: "trait", trait: "$group_id", op: "ends_with", value: "ACME" })),
    people: { member: [group({})], other: [group({}, now - day, "globex")] },
    in: ["member"],
  },
  {
    says: "an audience can be asked of some person of the account",
    definition: define(inAccount(some({ kind: "audience", audienceId: "inviters", member: true }))),
    people: { sender: [group({}), track("Invite Sent")], fellow: [group({})], other: [group({}, now - day, "globex")] },
    audiences: { inviters: define(did("Invite Sent")) },
    in: ["sender", "fellow"],
  },
];
