/** Moments in a time zone as messages show them: Tue 1 Dec 14:31 (Europe/London). */
export function shownIn(timeZone: string): (moment: Date) => string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (moment) => `${format.format(moment).replaceAll(",", "")} (${timeZone})`;
}
