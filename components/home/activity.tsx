import { formatCount, formatDate, formatDay, formatMinute, formatNoun } from "@/client/format";
import { type Overview, useTimeZone } from "@/client/queries/workspace";
import { type Column, ColumnChart } from "../charts/column-chart";
import { Age } from "../ui/age";
import { Figure } from "../ui/figure";

/** Two questions, two figures, two charts: how many people are new, and how much comes in. */
export function Activity({ overview, days }: { overview: Overview; days: number }) {
  const timeZone = useTimeZone();
  const until = formatMinute(overview.asOf, timeZone);
  const columnsOf = (value: (day: Overview["eventsByDay"][number]) => number): Column[] =>
    overview.eventsByDay.map((day) => ({
      key: day.day,
      label: formatDay(day.day),
      title: formatDate(`${day.day}T00:00:00Z`, "UTC"),
      value: value(day),
    }));
  const people = columnsOf((day) => day.newPeople);
  const events = columnsOf((day) => day.events);
  const sum = (columns: Column[]) => columns.reduce((total, column) => total + column.value, 0);
  const today = (columns: Column[]) => formatCount(columns.at(-1)?.value ?? 0);
  return (
    <div className="grid grid-cols-2 gap-8 pb-3 max-desk:grid-cols-1 max-desk:gap-6">
      <section aria-label="People">
        <div className="flex items-baseline justify-between gap-2">
          <h2 className="font-head">
            People <span className="font-text text-ink-3">new per day</span>
          </h2>
          <span className="text-12 text-ink-3">as of {until}</span>
        </div>
        <div className="pt-1 pb-2">
          <Figure
            value={overview.people}
            unit="known people"
            asOf={`${formatCount(sum(people))} new in ${days} days, ${today(people)} today until ${until}${overview.anonymous > 0 ? ` · ${formatNoun(overview.anonymous, "anonymous visitor")}` : ""}`}
          />
        </div>
        <ColumnChart
          label={`New people per day over ${days} days: ${formatCount(sum(people))} in all`}
          columns={people}
          unit="new people"
          unfinishedUntil={until}
        />
      </section>
      <section aria-label="Events">
        <div className="flex items-baseline justify-between gap-2">
          <h2 className="font-head">
            Events <span className="font-text text-ink-3">per day</span>
          </h2>
          {overview.lastEvent && (
            <span className="min-w-0 truncate text-12 text-ink-3">
              last {overview.lastEvent.event || overview.lastEvent.type} <Age at={overview.lastEvent.timestamp} />
            </span>
          )}
        </div>
        <div className="pt-1 pb-2">
          <Figure
            value={sum(events)}
            unit={`in ${days} days`}
            asOf={`${today(events)} today until ${until} · ${formatCount(overview.messages)} messages in all`}
          />
        </div>
        <ColumnChart
          label={`Events per day over ${days} days: ${formatCount(sum(events))} in all`}
          columns={events}
          unit="events"
          unfinishedUntil={until}
          tone="ink"
        />
      </section>
    </div>
  );
}
