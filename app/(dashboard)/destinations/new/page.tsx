import { Suspense } from "react";
import { NewDestinationPage } from "@/components/destinations/new-destination-page";

export default function Page() {
  return (
    <Suspense>
      <NewDestinationPage />
    </Suspense>
  );
}
