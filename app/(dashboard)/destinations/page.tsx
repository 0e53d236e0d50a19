import { DestinationsPage } from "@/components/destinations/destinations-page";

export default function Route() {
  return <DestinationsPage />;
}
