import { expect, it } from "vitest";
import { formatSpan } from "./span";

it.each([
  [0, "0 s"],
  [0.4, "0 s"],
  [42, "42 s"],
  [60, "1 min"],
  [390, "6 min 30 s"],
  [3_600, "1 h"],
  [6_480, "1 h 48 min"],
  [3_599.8, "1 h"],
  [86_399, "1 d"],
  [97_200, "1 d 3 h"],
  [266_400, "3 d 2 h"],
  [86_400 * 1_234, "1,234 d"],
])("%d s is %s", (seconds, words) => {
  expect(formatSpan(seconds)).toBe(words);
});
