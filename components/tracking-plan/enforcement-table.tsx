import { messageOf } from "@/client/api-error";
import { useSetEnforcement } from "@/client/queries/tracking-plan";
import type { SourceEnforcement } from "@/core/api/tracking-plan";
import { Select } from "../ui/input";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { notifyProblem } from "../ui/toast";

const violationChoices = [
  { value: "mark", words: "Take and mark" },
  { value: "drop", words: "Drop what is wrong" },
  { value: "block", words: "Hold back" },
] as const;
const eventChoices = [
  { value: "mark", words: "Take and mark" },
  { value: "block", words: "Hold back" },
] as const;

/** What happens at each source to messages that go against the plan; an event of its own mind goes before that. */
export function EnforcementTable({ sources }: { sources: readonly SourceEnforcement[] }) {
  const setting = useSetEnforcement();
  const set = (id: string, change: Partial<Omit<SourceEnforcement, "sourceId" | "name">>) =>
    setting.mutate({ id, ...change }, { onError: (error) => notifyProblem(messageOf(error)) });
  if (sources.length === 0) return null;
  return (
    <section aria-label="Sources">
      <h2 className="pb-1 font-head">At each source</h2>
      <p className="max-w-[76ch] pb-2 text-12 text-ink-3">
        What an event says for itself goes first. Held back means kept aside in the debugger, to be replayed once the
        plan or the sender is mended; nothing is lost.
      </p>
      <Table label="What sources do with the plan" className="min-w-[560px]">
        <thead>
          <tr>
            <Th>Source</Th>
            <Th>Messages with violations</Th>
            <Th>Events that are not in the plan</Th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ sourceId, name, checked, violations, unplannedEvents }) => (
            <Tr key={sourceId}>
              <RowHead className="max-w-60 truncate">{name}</RowHead>
              <Td className="w-56 py-1">
                <Select
                  aria-label={`Messages with violations of ${name}`}
                  value={checked ? violations : "off"}
                  onChange={({ target }) => {
                    const choice = violationChoices.find(({ value }) => value === target.value)?.value;
                    set(sourceId, choice ? { checked: true, violations: choice } : { checked: false });
                  }}
                >
                  {violationChoices.map(({ value, words }) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ))}
                  <option value="off">Do not check</option>
                </Select>
              </Td>
              <Td className="w-56 py-1">
                <Select
                  aria-label={`Events of ${name} that are not in the plan`}
                  value={unplannedEvents}
                  disabled={!checked}
                  onChange={({ target }) => {
                    const choice = eventChoices.find(({ value }) => value === target.value)?.value;
                    if (choice) set(sourceId, { unplannedEvents: choice });
                  }}
                >
                  {eventChoices.map(({ value, words }) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ))}
                </Select>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
