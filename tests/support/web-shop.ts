import { createHash } from "node:crypto";

/** As many cookies, and people behind them, as a public log of a web-shop has. */
export const shopCookies = 1_782;
export const shopPeople = 500;
export const shopEvents = ["Product Viewed", "Product Added", "Order Completed"] as const;
const day = 86_400_000;

/** A number from 0 to 1, the same each time for the same words. */
function chance(...of: (string | number)[]): number {
  return createHash("sha256").update(of.join(" ")).digest().readUInt32BE() / 2 ** 32;
}

export interface ShopEvent {
  type: "track" | "page";
  name: string;
  cookie: string;
  timestamp: number;
  amount: number;
}

/** Every cookie belongs to one person, and every person has one at least. */
export function personOf(cookie: number): number {
  return cookie < shopPeople ? cookie : Math.floor(chance("person", cookie) * shopPeople);
}

export const userIdOf = (person: number) => `customer-${person}`;
export const cookieId = (cookie: number) => `cookie-${cookie}`;

/** What each cookie did in the month before a moment; further along in the shop fewer do it. */
export function shopLog(now: number): ShopEvent[] {
  return Array.from({ length: shopCookies }, (_, cookie) => {
    const visits = 1 + Math.floor(chance("visits", cookie) * 3);
    return Array.from({ length: visits }, (_, visit): ShopEvent[] => {
      const at = (n: number) => Math.floor(now - chance("at", cookie, visit, n) * 29 * day) - 60_000;
      const did = shopEvents.filter((_, step) => chance("did", cookie, visit, step) < 0.7 / 2 ** step);
      const event = (n: number, type: ShopEvent["type"], name: string): ShopEvent => ({
        type,
        name,
        cookie: cookieId(cookie),
        timestamp: at(n),
        amount: Math.round(chance("amount", cookie, visit, n) * 10_000) / 100,
      });
      return [event(0, "page", "Home"), ...did.map((name, index) => event(index + 1, "track", name))];
    }).flat();
  }).flat();
}
