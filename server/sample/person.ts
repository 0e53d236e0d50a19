import { day } from "./calendar";
import type { Random } from "./random";

const firstNames = [
  "Ada",
  "Ben",
  "Chloe",
  "Daniel",
  "Elif",
  "Farah",
  "Goran",
  "Hana",
  "Igor",
  "Jana",
  "Kofi",
  "Lena",
  "Mateo",
  "Nadia",
  "Omar",
  "Priya",
  "Quentin",
  "Rosa",
  "Samir",
  "Tessa",
  "Ugo",
  "Vera",
  "Wen",
  "Ximena",
  "Yusuf",
  "Zoe",
] as const;
const lastNames = [
  "Almeida",
  "Becker",
  "Cruz",
  "Dahl",
  "Eriksen",
  "Ferrari",
  "Gupta",
  "Haddad",
  "Ito",
  "Jansen",
  "Kowalski",
  "Lindgren",
  "Moreau",
  "Novak",
  "Okafor",
  "Park",
  "Quist",
  "Rossi",
  "Schmidt",
  "Tanaka",
  "Ueda",
  "Vargas",
  "Weber",
  "Xu",
  "Yilmaz",
  "Zhang",
] as const;
const companies = [
  "Northwind",
  "Bluefin",
  "Copperleaf",
  "Driftwood",
  "Everline",
  "Foxglove",
  "Granite",
  "Harbor",
  "Inkwell",
  "Juniper",
  "Keystone",
  "Larkspur",
  "Meridian",
  "Nimbus",
  "Oakridge",
  "Pinecrest",
] as const;

export interface SamplePerson {
  readonly userId: string;
  readonly anonymousId: string;
  readonly name: string;
  readonly email: string;
  readonly company: string;
  readonly companySize: number;
  readonly signedUpAt: number;
}

const sizes = [
  { weight: 26, low: 1, high: 3 },
  { weight: 34, low: 4, high: 20 },
  { weight: 26, low: 21, high: 100 },
  { weight: 14, low: 101, high: 2_000 },
] as const;

export function samplePerson(random: Random, index: number, signedUpAt: number): SamplePerson {
  const [first, last, company] = [random.pick(firstNames), random.pick(lastNames), random.pick(companies)];
  const size = sizes[random.weighted(sizes.map(({ weight }) => weight))] ?? sizes[0];
  return {
    userId: `sample-user-${String(index + 1).padStart(4, "0")}`,
    anonymousId: `sample-anon-${random.name()}`,
    name: `${first} ${last}`,
    // .example is kept from ever being somebody's.
    email: `${first}.${last}${index + 1}@${company}.example`.toLowerCase(),
    company,
    companySize: random.between(size.low, size.high),
    signedUpAt,
  };
}

export function traitsOf(person: SamplePerson, plan: string): Record<string, string | number> {
  return {
    name: person.name,
    email: person.email,
    plan,
    signup_date: new Date(Math.floor(person.signedUpAt / day) * day).toISOString().slice(0, 10),
    company: person.company,
    company_size: person.companySize,
  };
}
