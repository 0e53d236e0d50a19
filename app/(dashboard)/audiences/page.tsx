import { AudiencesPage } from "@/components/audiences/audiences-page";

export default function Route() {
  return <AudiencesPage />;
}
