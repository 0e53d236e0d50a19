import type { AlertRule } from "../../core/alerts/rule";
import { assertNever } from "../../core/errors";
import { audiencesJumped } from "./audience-jumped";
import type { Finding, Look } from "./finding";
import { deliveriesGivenUp } from "./given-up";
import { sourcesSilent } from "./source-silent";
import { syncsFailing } from "./sync-failing";

/** Everything that a rule watches and that is not as it should be. Errors: whatever the stores say. */
export function findingsOf(rule: AlertRule, look: Look): Promise<Finding[]> {
  switch (rule.kind) {
    case "sync_failing":
      return syncsFailing(rule, look);
    case "deliveries_given_up":
      return deliveriesGivenUp(rule, look);
    case "audience_jumped":
      return audiencesJumped(rule, look);
    case "source_silent":
      return sourcesSilent(rule, look);
    default:
      return assertNever(rule);
  }
}
