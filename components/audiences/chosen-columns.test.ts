import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { formatColumns } from "./chosen-columns";

it("names columns so that a CSV reader finds the very same names, whatever stands in them", () => {
  const names = ["userId", "address.city", 'a "quoted", name', "two\nlines", "plain name"];
  expect(parse(formatColumns(names))).toEqual([names]);
  expect(formatColumns(["userId", "email"])).toBe("userId,email");
});
