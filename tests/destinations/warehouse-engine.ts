import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";

/** A real engine under a warehouse's test server, so that the statements it is sent are run. */
export interface WarehouseEngine {
  /** Rows of text. Rejects with the engine's error. */
  run(statement: string, values?: readonly (string | null)[]): Promise<(string | null)[][]>;
  close(): void;
}

const asText = (value: DuckDBValue) => (value === null ? null : String(value));

export async function openWarehouseEngine(): Promise<WarehouseEngine> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    async run(statement, values = []) {
      const answer = await connection.runAndReadAll(statement, [...values]);
      return answer.getRows().map((row) => row.map(asText));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
