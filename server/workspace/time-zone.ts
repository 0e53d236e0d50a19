/**
 * The name of a zone of the IANA database in its own spelling (`europe/london` as `Europe/London`), or null when there is
 * none. Offsets such as +01:00 are not zones. A former name stays as it is: it was asked for.
 */
export function timeZoneName(text: string): string | null {
  if (!/^[A-Za-z]/.test(text)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions();
    return timeZone.toLowerCase() === text.toLowerCase() ? timeZone : text;
  } catch {
    return null;
  }
}
