import { Suspense } from "react";
import { NewAudiencePage } from "@/components/audience-builder/new-audience-page";

export default function Page() {
  return (
    <Suspense>
      <NewAudiencePage />
    </Suspense>
  );
}
