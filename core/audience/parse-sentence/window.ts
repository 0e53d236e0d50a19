import { type CalendarPeriod, calendarPeriods } from "../definition";
import { periodText } from "../describe/window-words";
import { readMatch, readWhere } from "./match";
import type { Reader } from "./reader";

const periods = calendarPeriods.map((period): [string, CalendarPeriod] => [periodText[period], period]);

/** A window, or undefined where none comes next and for "ever". */
export function readWindow(reader: Reader): unknown {
  if (reader.takes("ever")) return undefined;
  const period = reader.takesOne(periods);
  if (period) return { kind: "calendar", period };
  if (reader.takes("in the last")) return { kind: "last", ...reader.duration() };
  if (reader.takes("more than")) {
    const length = reader.duration();
    reader.expect("ago");
    return { kind: "before_last", ...length };
  }
  if (reader.takes("between")) return readBetween(reader);
  if (reader.takes("since")) return { kind: "since", at: reader.name("a date") };
  if (reader.takes("before")) return { kind: "before", at: reader.name("a date") };
  if (reader.takes("from")) {
    const from = reader.name("a date");
    reader.expect("to");
    return { kind: "range", from, to: reader.name("a date") };
  }
  if (reader.takes("within")) {
    const length = reader.duration();
    reader.expect("after");
    return { kind: "after", anchor: readAnchor(reader), ...length };
  }
  return undefined;
}

/** "between 14 and 7 days ago": an amount without a unit has that of the other. */
function readBetween(reader: Reader): unknown {
  const amount = reader.number();
  const from = reader.sees("and") ? undefined : reader.unitOf(amount);
  reader.expect("and");
  const to = reader.duration();
  reader.expect("ago");
  return { kind: "between_ago", from: from ?? { amount, unit: to.unit }, to };
}

function readAnchor(reader: Reader): unknown {
  if (reader.takes("first seen")) return "first_seen";
  if (reader.takes("trait")) return { trait: reader.name("a trait") };
  reader.expect("the first");
  if (!reader.takes("(")) return readMatch(reader);
  const anchor = { ...readMatch(reader), ...readWhere(reader) };
  reader.expect(")");
  return anchor;
}
