import { expect, test } from "vitest";
import { empty, join, param, render, renderLiteral, sql } from "./sql";

const statement = sql`SELECT ${join([sql`a`, sql`f(${param.uint32(7)})`])} FROM t WHERE ${join(
  [sql`b = ${param.string("it's")}`, sql`c IN ${param.strings(["x", "y"])}`],
  sql` AND `,
)}${empty}`;

test("fragments nest, and parameters are numbered across them", () => {
  expect(render(statement)).toEqual({
    text: "SELECT a, f({p0:UInt32}) FROM t WHERE b = {p1:String} AND c IN {p2:Array(String)}",
    params: { p0: 7, p1: "it's", p2: ["x", "y"] },
  });
});

test("a literal keeps its value inside its quotes", () => {
  expect(renderLiteral(statement)).toBe(
    "SELECT a, f(toUInt32(7)) FROM t WHERE b = 'it\\'s' AND c IN CAST(['x','y'], 'Array(String)')",
  );
  expect(renderLiteral(sql`${param.string("\\' OR 1 = 1 --\0\n")}`)).toBe("'\\\\\\' OR 1 = 1 --\\0\\n'");
});

test("text of a value is never read as a placeholder", () => {
  const nested = sql`${param.string("{p1:String}")} ${param.string("second")}`;
  expect(renderLiteral(nested)).toBe("'{p1:String}' 'second'");
  expect(render(nested)).toEqual({ text: "{p0:String} {p1:String}", params: { p0: "{p1:String}", p1: "second" } });
});

test.each([
  ["UInt32", () => param.uint32(-1)],
  ["UInt32", () => param.uint32(2 ** 32)],
  ["UInt32", () => param.uint32s([1, 2 ** 32])],
  ["UInt64", () => param.uint64(2n ** 64n)],
  ["Int64", () => param.int64(2n ** 63n)],
])("a number that is no %s is refused", (type, make) => {
  expect(make).toThrow(type);
});

test("a fraction is not taken for a whole number", () => {
  expect(() => param.uint32(1.5)).toThrow(RangeError);
  expect(() => param.moment(Number.NaN)).toThrow(RangeError);
});
