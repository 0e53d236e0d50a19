import type { FileHead } from "@/client/import-file";
import { Field } from "../ui/field";
import { Input, Select } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { assignRole, type RolePlan, roles } from "./column-roles";

interface ColumnMappingProps {
  table: NonNullable<FileHead["table"]>;
  plan: RolePlan;
  onChange: (plan: RolePlan) => void;
}

const rowKinds = [
  { value: "event", label: "an event" },
  { value: "person", label: "a person" },
] as const;

/** Says what each column is, beside what stands in it. */
export function ColumnMapping({ table, plan, onChange }: ColumnMappingProps) {
  const hasEventColumn = Object.values(plan.roles).includes("event");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span>Each row is</span>
        <Segmented
          label="Each row is"
          value={plan.rowIs}
          options={rowKinds}
          onChange={(rowIs) => onChange({ ...plan, rowIs })}
        />
        <span className="text-ink-3">
          {plan.rowIs === "event"
            ? "The other columns are its properties."
            : "The other columns are traits of the person."}
        </span>
      </div>
      {plan.rowIs === "event" && !hasEventColumn && (
        <Field label="Name of every row’s event" hint="No column names the event." className="max-w-sm">
          <Input
            value={plan.eventName}
            maxLength={1000}
            placeholder="Order Completed"
            onChange={(event) => onChange({ ...plan, eventName: event.target.value })}
          />
        </Field>
      )}
      <Table label="Columns of the file">
        <thead>
          <tr>
            <Th>Column</Th>
            <Th className="max-desk:hidden">First values</Th>
            <Th className="w-44 max-desk:w-40">Is</Th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map((column, index) => {
            const values = firstValues(table.rows, index);
            return (
              <Tr key={column}>
                <RowHead className="max-w-40 max-desk:py-1.5">
                  <span className="block truncate font-word">{column}</span>
                  <span aria-hidden className="block truncate text-12 text-ink-3 desk:hidden">
                    {values}
                  </span>
                </RowHead>
                <Td className="max-w-64 truncate text-ink-2 max-desk:hidden">{values}</Td>
                <Td className="py-1">
                  <Select
                    aria-label={`${column} is`}
                    value={plan.roles[column]}
                    onChange={(event) => {
                      const role = roles.find(({ value }) => value === event.target.value);
                      if (role) onChange(assignRole(plan, column, role.value));
                    }}
                  >
                    {roles
                      .filter(({ value }) => plan.rowIs === "event" || value !== "event")
                      .map(({ value, label }) => (
                        <option key={value} value={value}>
                          {value === "rest" && plan.rowIs === "person" ? "Trait" : label}
                        </option>
                      ))}
                  </Select>
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}

function firstValues(rows: readonly string[][], column: number): string {
  return rows
    .map((row) => row[column])
    .filter(Boolean)
    .slice(0, 3)
    .join(" · ");
}
