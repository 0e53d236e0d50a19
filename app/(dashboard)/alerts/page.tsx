import { AlertsPage } from "@/components/alerts/alerts-page";

export default function Route() {
  return <AlertsPage />;
}
