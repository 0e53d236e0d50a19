"use client";

import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { type SourceWithFigures, useUpdateSource } from "@/client/queries/sources";
import { sourceKind } from "@/core/api/sources";
import { environment as environments } from "@/core/api/workspace";
import { environmentNames } from "../shell/environment";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Field, Problem } from "../ui/field";
import { Input, Select } from "../ui/input";
import { notify } from "../ui/toast";
import { ArchiveSource } from "./archive-source";
import { kindNames } from "./kind-names";

/** What can be set of a source: what it is, whether it takes messages and how many, and its end. */
export function SourceSettings({ source }: { source: SourceWithFigures }) {
  const update = useUpdateSource();
  const [kind, setKind] = useState(source.kind);
  const [environment, setEnvironment] = useState(source.environment);
  const [perSecond, setPerSecond] = useState(String(source.rateLimit?.perSecond ?? ""));
  const [burst, setBurst] = useState(String(source.rateLimit?.burst ?? ""));
  const rate = Number(perSecond);
  const rateLimit = perSecond === "" ? null : { perSecond: rate, burst: burst === "" ? rate * 10 : Number(burst) };
  return (
    <div className="grid max-w-sm justify-items-start gap-6">
      <section aria-label="Taking messages">
        <Checkbox
          checked={source.enabled}
          disabled={update.isPending}
          onChange={(enabled) => update.mutate({ id: source.id, body: { enabled } })}
          label="Take messages from this source"
        />
        <p className="text-12 text-ink-3">
          Switched off, it refuses each message with the reason. They are kept in the debugger and can be replayed.
        </p>
      </section>
      <form
        aria-label="Source"
        className="grid w-full gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate(
            { id: source.id, body: { kind, environment, rateLimit } },
            { onSuccess: () => notify("The source’s settings are saved.") },
          );
        }}
      >
        <Field label="What sends">
          <Select value={kind} onChange={(event) => setKind(sourceKind.parse(event.target.value))}>
            {sourceKind.options.map((option) => (
              <option key={option} value={option}>
                {kindNames[option]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Label" hint="For telling sources apart. To keep their people apart, use another workspace.">
          <Select
            value={environment ?? ""}
            onChange={(event) => setEnvironment(environments.nullable().parse(event.target.value || null))}
          >
            <option value="">That of the workspace</option>
            {environments.options.map((option) => (
              <option key={option} value={option}>
                {environmentNames[option]}
              </option>
            ))}
          </Select>
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Messages a second, at most">
            <Input
              type="number"
              min={1}
              max={1_000_000}
              placeholder="no limit"
              value={perSecond}
              onChange={(event) => setPerSecond(event.target.value)}
            />
          </Field>
          <Field label="At once">
            <Input
              type="number"
              min={1}
              max={10_000_000}
              placeholder={perSecond === "" ? "no limit" : String(rate * 10)}
              disabled={perSecond === ""}
              value={burst}
              onChange={(event) => setBurst(event.target.value)}
            />
          </Field>
        </div>
        <p className="text-12 text-ink-3">
          What comes faster is told to wait, and official SDKs send it again by themselves.
        </p>
        {update.isError && <Problem>{messageOf(update.error)}</Problem>}
        <div>
          <Button type="submit" look="primary" disabled={update.isPending}>
            Save settings
          </Button>
        </div>
      </form>
      <ArchiveSource source={source} />
    </div>
  );
}
