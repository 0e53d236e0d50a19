import { DuplicatesPage } from "@/components/profiles/duplicates-page";

export default function Route() {
  return <DuplicatesPage />;
}
