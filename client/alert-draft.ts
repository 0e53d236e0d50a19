import type { AlertKind, AlertRule } from "@/core/alerts/rule";
import type { Alert, AlertChannel, NewAlert } from "@/core/api/alerts";

/** How something is told, as a form holds it: all ways at once, of which `via` is meant. */
export interface ChannelDraft {
  readonly via: AlertChannel["via"];
  /** Addresses with commas or line ends between. */
  readonly to: string;
  readonly channel: string;
  readonly webhookUrl: string;
  readonly url: string;
  readonly secret: string;
  readonly destinationId: string;
}

export interface AlertDraft {
  readonly rule: AlertRule;
  readonly channel: ChannelDraft;
  readonly remindHours: number | null;
}

const noChannel: ChannelDraft = {
  via: "email",
  to: "",
  channel: "",
  webhookUrl: "",
  url: "",
  secret: "",
  destinationId: "",
};

/** What each kind begins with, about each thing there is. */
const usualRules: { readonly [Kind in AlertKind]: Extract<AlertRule, { kind: Kind }> } = {
  sync_failing: { kind: "sync_failing", destinationId: null, minutes: 10 },
  deliveries_given_up: { kind: "deliveries_given_up", destinationId: null, deliveries: 10, hours: 24 },
  audience_jumped: {
    kind: "audience_jumped",
    audienceId: null,
    direction: "either",
    percent: 25,
    people: 50,
    hours: 24,
  },
  source_silent: { kind: "source_silent", sourceId: null, minutes: 60, onlyIfWeekBefore: false },
};

export function newAlertDraft(kind: AlertKind): AlertDraft {
  return { rule: usualRules[kind], channel: noChannel, remindHours: null };
}

/** The rule of another kind; what both are about stays. */
export function withKind(rule: AlertRule, kind: AlertKind): AlertRule {
  const next = usualRules[kind];
  return "destinationId" in next && "destinationId" in rule ? { ...next, destinationId: rule.destinationId } : next;
}

export function draftOf({ rule, channel, remindHours }: Pick<Alert, "rule" | "channel" | "remindHours">): AlertDraft {
  return { rule, channel: channelDraftOf(channel), remindHours };
}

function channelDraftOf(channel: AlertChannel): ChannelDraft {
  switch (channel.via) {
    case "email":
      return { ...noChannel, via: "email", to: channel.to.join(", ") };
    case "slack":
      return { ...noChannel, via: "slack", channel: channel.channel };
    case "webhook":
      return { ...noChannel, via: "webhook", url: channel.url };
    case "destination":
      return { ...noChannel, via: "destination", destinationId: channel.destinationId };
  }
}

export function addressesOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((address) => address.trim())
    .filter((address) => address !== "");
}

/** As the API takes it. Secrets that were not typed are left out, which keeps those that there are. */
export function alertBody({ rule, channel, remindHours }: AlertDraft): NewAlert {
  return { rule, channel: channelBody(channel), remindHours };
}

function channelBody(draft: ChannelDraft): NewAlert["channel"] {
  const { via, channel, url, destinationId } = draft;
  const [webhookUrl, secret] = [draft.webhookUrl.trim(), draft.secret.trim()];
  switch (via) {
    case "email":
      return { via, to: addressesOf(draft.to) };
    case "slack":
      return { via, channel: channel.trim(), ...(webhookUrl !== "" && { webhookUrl }) };
    case "webhook":
      return { via, url: url.trim(), ...(secret !== "" && { secret }) };
    case "destination":
      return { via, destinationId };
  }
}

export function isSameDraft(one: AlertDraft, other: AlertDraft): boolean {
  return (
    JSON.stringify([one.rule, one.channel, one.remindHours]) ===
    JSON.stringify([other.rule, other.channel, other.remindHours])
  );
}

/** Nobody could be told by it. */
export function isUnfinished({ via, to, channel, url, destinationId }: ChannelDraft): boolean {
  const needed = { email: to, slack: channel, webhook: url, destination: destinationId }[via];
  return needed.trim() === "";
}
