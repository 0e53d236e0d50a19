import { snowflake } from "../../../core/destinations/snowflake";
import { type DeliveryContext, destination, type Outcome } from "../destination";
import { delivered } from "../in-turn";
import { addChanges, addMessages } from "../warehouse/parts";
import { membersView, type WarehouseRow, type WarehouseTable, warehouseTables } from "../warehouse/tables";
import { type Answered, partOf, runStatement, type Settings } from "./statement";

const limits = { count: 1000, bytes: 4_000_000 };
const words = { text: "TEXT", moment: "TIMESTAMP_TZ" } as const;

async function ensureTable(table: WarehouseTable, settings: Settings, context: DeliveryContext): Promise<void> {
  const columns = Object.entries(warehouseTables[table]).map(([name, kind]) => `${name} ${words[kind]}`);
  await runStatement(
    `CREATE TABLE IF NOT EXISTS ${settings.schema}.${table} (${columns.join(", ")})`,
    [],
    settings,
    context,
  );
}

async function insert(
  table: WarehouseTable,
  rows: readonly WarehouseRow[],
  settings: Settings,
  context: DeliveryContext,
): Promise<Outcome[]> {
  const names = Object.keys(warehouseTables[table]);
  const statement = `INSERT INTO ${settings.schema}.${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
  const columns = names.map((name) => rows.map((row) => row[name] ?? null));
  await runStatement(statement, columns, settings, context);
  return rows.map(() => delivered);
}

const firstColumn = ({ data = [] }: Answered) => data.flatMap(([value]) => value ?? []);

export const snowflakeDestination = destination(snowflake, {
  async test(settings, context) {
    const [version] = firstColumn(await runStatement("SELECT CURRENT_VERSION()", [], settings, context));
    return `Connected to ${settings.database} on Snowflake ${version ?? ""}.`;
  },
  async prepare(_target, settings, context) {
    await runStatement(`CREATE SCHEMA IF NOT EXISTS ${settings.schema}`, [], settings, context);
    await ensureTable("audience_entered", settings, context);
    await ensureTable("audience_exited", settings, context);
    const view = membersView((table) => `${settings.schema}.${table}`);
    await runStatement(
      `CREATE VIEW IF NOT EXISTS ${settings.schema}.audience_members AS ${view}`,
      [],
      settings,
      context,
    );
    return {};
  },
  deliver: ({ items, target }, settings, context) =>
    addChanges(items, target, context.now(), limits, (table, rows) => insert(table, rows, settings, context)),
  async *list({ audience }, _identifier, settings, context) {
    const statement = `SELECT identifier FROM ${settings.schema}.audience_members WHERE audience_id = ? AND is_member`;
    const first = await runStatement(statement, [audience.id], settings, context);
    yield firstColumn(first);
    const parts = first.resultSetMetaData?.partitionInfo.length ?? 1;
    for (let part = 1; part < parts; part += 1) yield firstColumn(await partOf(first, part, settings, context));
  },
  forward: (events, settings, context) =>
    addMessages(events, context.now(), limits, {
      add: (table, rows) => insert(table, rows, settings, context),
      ensure: (table) => ensureTable(table, settings, context),
    }),
});
