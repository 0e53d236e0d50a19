import fc from "fast-check";
import type { JsonObject, JsonValue } from "@/core/event/message";

/** Around this moment everything happens: shortly after the clocks of Europe went forward. */
export const base = Date.UTC(2026, 2, 29, 12);
export const hour = 3_600_000;

/** Moments as they may be written, close to `base` and far from it, and texts that are none. */
const dates: readonly JsonValue[] = [
  "2026-03-29",
  "2026-03-28T12:00:00.000Z",
  "2026-03-29T12:00:00Z",
  "2026-03-29T14:00:00+02:00",
  "2026-03-29T01:30",
  "2026-03-29T02:30:00",
  "2026-03-29T03:30:00.5",
  "2025-10-26T02:30:00",
  "2026-04-05T01:45",
  "2026-03-30 12:00:00",
  "2024-02-29",
  "2024-02-30",
  "1900-02-29",
  "0000-01-01",
  "0044-03-15T12:00:00",
  "9999-12-31T23:59:59.999",
  "2026-13-01",
  "2026-00-10",
  "2026-03-29T24:00:00",
  "2026-03-29T12:60",
  "2026-03-29T12:00:00+24:00",
  "2026-03-29T12:00:00.1234567-0330",
  "2026-03-29Z",
  "tomorrow",
  "2026-3-29",
  base / 1000,
  base,
  base / 1000 + 0.25,
  String(base / 1000),
  String(base + 1),
  -86_400,
  99_999_999_999,
  100_000_000_000,
];

const numbers: readonly JsonValue[] = [
  0,
  -0,
  1,
  5,
  -5,
  0.1,
  0.2,
  19.99,
  1e-7,
  123456.789,
  1.5,
  1e21,
  123456789012345680000,
  -9223372036854776000,
  9007199254740992,
  5e-324,
  1.7976931348623157e308,
  "5",
  "5.0",
  "05",
  "5e0",
  "-5",
  "0.1",
  "1e400",
  "0.000001e45",
  "-1e40",
  "0.2",
  "1e-30",
  "0e99999999999",
  `${"1".repeat(60)}.5`,
  "9007199254740993",
  "123456789012345680000",
  " 5",
  "5 ",
  "+5",
  "5.",
  ".5",
  "0x5",
  "NaN",
  "٥",
];

const texts: readonly JsonValue[] = [
  "",
  "trial",
  "Trial",
  "TRIAL",
  "trial pro",
  "pro",
  "true",
  "null",
  "ΟΔΟΣ",
  "οδος",
  "οδοσ",
  "İstanbul",
  "istanbul",
  "ISTANBUL",
  "straße",
  "STRASSE",
  "😀 pro",
  "a\u0000b",
  "\u000b\u001f\u007f\u2028",
  "tab\tnew\nline",
  "quote \" ' \\ / \\u000b",

  "%_{p0:String}",
];

const scalars: readonly JsonValue[] = [...dates, ...numbers, ...texts, null, true, false];

const scalar = fc.constantFrom(...scalars);
export const operandText = fc.constantFrom(
  ...texts.filter((text): text is string => typeof text === "string" && text !== ""),
);
export const operandNumber = fc.constantFrom(
  ...numbers.filter((value): value is number => typeof value === "number"),
  ...["5", "5.0", "05", "-5", "0.1", "1e400"],
);
/** What sums, averages, extremes and numbers of values are compared with. */
export const operandFigure = fc.oneof(
  operandNumber,
  fc.constantFrom(0, 1, 2, 3, 0.3, "0.3", "0.30000000000000000000000001", 1e40, "-1e39", 2.5, 19.99, "1e-7"),
);
export const operandMoment = fc.constantFrom(
  ...dates.filter((date): date is number | string => typeof date === "number" || typeof date === "string").slice(0, 17),
  ...[base, base / 1000, base / 1000 + 0.25, String(base)],
);
export const operandScalar = fc.constantFrom(
  ...scalars.filter((value): value is string | number | boolean => value !== null && typeof value !== "object"),
);

const key = fc.constantFrom("plan", "n", "when", "a", "b", "a.b", "a.b.c", "", "__proto__", "ключ", "x'y\"z\\");
export const path = fc.constantFrom(
  ...[
    "plan",
    "plan",
    "n",
    "n",
    "when",
    "when",
    "a",
    "a.b",
    "a.b.c",
    "plan.a",
    "n.b.a",
    "__proto__",
    "ключ",
    "x'y\"z\\",
    ".",
    "absent",
    "toString",
  ],
);

const { object } = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { arbitrary: scalar, weight: 8 },
    { arbitrary: fc.array(tie("value"), { maxLength: 3 }), weight: 2 },
    { arbitrary: tie("object"), weight: 2 },
  ),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
}));
export const jsonObject: fc.Arbitrary<JsonObject> = object;
