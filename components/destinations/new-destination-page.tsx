"use client";

import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useCreateDestination } from "@/client/queries/destinations";
import { toolOf, tools } from "@/core/destinations/tools";
import { Page } from "../shell/page";
import { TextLink } from "../ui/text-link";
import { DestinationForm } from "./destination-form";

/** Connects a tool: which one, then what it needs. */
export function NewDestinationPage() {
  const router = useRouter();
  const [chosen, setChosen] = useQueryState("tool", parseAsString);
  const create = useCreateDestination();
  const tool = chosen === null ? undefined : toolOf(chosen);
  return (
    <Page title="Add a destination" crumbs={[{ label: "Destinations", href: "/destinations" }]}>
      {tool === undefined ? (
        <ul className="grid max-w-4xl grid-cols-3 gap-2.5 max-wide:grid-cols-2 max-desk:grid-cols-1">
          {tools.map(({ id, name, description }) => (
            <li key={id} className="grid">
              <button
                type="button"
                onClick={() => void setChosen(id)}
                className="grid content-start gap-0.5 rounded-4 border border-line px-3.5 py-3 text-left transition-colors hover:border-line-strong hover:bg-hover"
              >
                <span className="font-head">{name}</span>
                <span className="text-12 text-ink-2">{description}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <div className="grid gap-4">
          <p className="text-ink-2">
            {tool.name}: {tool.description}{" "}
            <TextLink
              onClick={() => {
                create.reset();
                void setChosen(null);
              }}
            >
              Choose another tool
            </TextLink>
          </p>
          <DestinationForm
            key={tool.id}
            tool={tool}
            isSaving={create.isPending}
            error={create.error}
            onSave={(body) => create.mutate(body, { onSuccess: ({ id }) => router.push(`/destinations/${id}`) })}
          />
        </div>
      )}
    </Page>
  );
}
