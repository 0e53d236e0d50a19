"use client";

import { useQuery } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { importsQuery } from "@/client/queries/imports";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { DropHint } from "./drop-hint";
import { ImportHistory } from "./import-history";
import { NewImport } from "./new-import";
import { useFileDrop } from "./use-file-drop";

/** Files of history: drop one anywhere on the page, watch it come in, and see what was refused. */
export function ImportsPage() {
  const imports = useQuery(importsQuery);
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const dragging = useFileDrop(setFile);
  const choose = () => input.current?.click();
  return (
    <Page
      title="Import"
      actions={
        file === null && (
          <Button look="primary" onClick={choose}>
            <FileUp aria-hidden />
            Choose a file
          </Button>
        )
      }
    >
      <input
        ref={input}
        type="file"
        aria-label="File to import"
        tabIndex={-1}
        accept=".ndjson,.jsonl,.json,.csv,.tsv,.txt,.gz,.parquet"
        className="sr-only"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          event.target.value = "";
        }}
      />
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-7">
        {file ? (
          <NewImport key={`${file.name} ${file.lastModified} ${file.size}`} file={file} onDone={() => setFile(null)} />
        ) : (
          <DropHint dragging={dragging} onChoose={choose} />
        )}
        <Fetched query={imports} what="The imports" loading={<ListSkeleton rows={3} label="Loading imports" />}>
          {(runs) => <ImportHistory runs={runs} />}
        </Fetched>
      </div>
    </Page>
  );
}
