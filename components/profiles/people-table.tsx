"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { Person } from "@/core/api/shared";
import { cn } from "../ui/class-names";
import { Table, Td, Th, Tr } from "../ui/table";
import { usePageVirtualizer } from "../ui/use-page-virtualizer";
import { useRowHeight } from "../ui/use-row-height";

export interface PeopleColumn<Row> {
  key: string;
  head: ReactNode;
  cell: (person: Row) => ReactNode;
  /** A figure or a time: to the right. */
  figure?: boolean;
  /** Left out where the room is narrow. */
  wideOnly?: boolean;
}

interface PeopleTableProps<Row> {
  label: string;
  /** Where a row leads; to its person unless told. */
  href?: (row: Row) => string;
  people: readonly Row[];
  /** Of everyone, where more are still to be fetched. */
  total?: number;
  columns: readonly PeopleColumn<Row>[];
  onNearEnd?: () => void;
}

/** Pixels below which a column is not squeezed; the table scrolls instead. */
const columnWidth = 112;

/** What a person is called: the email, else the id that is known, else the anonymous one. */
export function personName(person: Person): string {
  return person.email ?? person.userId ?? person.anonymousIds[0] ?? person.id;
}

/** People, or accounts, of any number: only the rows in view are drawn, and each leads to its page. */
export function PeopleTable<Row extends { id: string }>({
  label,
  href = ({ id }) => `/profiles/${id}`,
  people,
  total,
  columns,
  onNearEnd,
}: PeopleTableProps<Row>) {
  const { ref, rows, top, height } = usePageVirtualizer<HTMLTableSectionElement>({
    count: people.length,
    rowHeight: useRowHeight(),
    onNearEnd,
  });
  const above = (rows[0]?.start ?? top) - top;
  const below = height - ((rows.at(-1)?.end ?? top) - top);
  return (
    <Table
      label={label}
      aria-rowcount={(total ?? people.length) + 1}
      className="min-w-(--narrow) table-fixed desk:min-w-(--wide)"
      style={{
        "--narrow": `${columns.filter((column) => !column.wideOnly).length * columnWidth}px`,
        "--wide": `${columns.length * columnWidth}px`,
      }}
    >
      <thead>
        <tr>
          {columns.map((column) => (
            <Th
              key={column.key}
              figure={column.figure}
              className={cn(column.figure && "w-32 max-desk:w-24", column.wideOnly && "max-desk:hidden")}
            >
              {column.head}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody ref={ref}>
        {above > 0 && <Gap height={above} />}
        {rows.map((row) => {
          const person = people[row.index];
          return (
            person && (
              <Tr key={person.id} aria-rowindex={row.index + 2} className="relative">
                {columns.map((column, index) => (
                  <Td
                    key={column.key}
                    figure={column.figure}
                    className={cn("truncate", column.wideOnly && "max-desk:hidden", index > 0 && "text-ink-2")}
                  >
                    {index === 0 ? (
                      <Link href={href(person)} className="after:absolute after:inset-0 hover:underline">
                        {column.cell(person)}
                      </Link>
                    ) : (
                      column.cell(person)
                    )}
                  </Td>
                ))}
              </Tr>
            )
          );
        })}
        {below > 0 && <Gap height={below} />}
      </tbody>
    </Table>
  );
}

/** Room for the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without content cannot be focused
    <tr aria-hidden="true">
      <td style={{ height }} />
    </tr>
  );
}
