import { brazeDestination } from "../../server/destinations/braze/braze";
import { startBraze } from "./braze-server";
import { audience, type Rig } from "./rig";

/** Every tool with the server that stands in for it. */
export const rigs: Record<string, () => Promise<Rig>> = {
  braze: async () => {
    const server = await startBraze();
    const origin = "https://rest.iad-01.braze.com";
    return {
      destination: brazeDestination,
      server,
      origin,
      settings: { restEndpoint: origin, apiKey: server.key },
      options: { sendEvents: true },
      members: () => server.having(audience.key),
      events: () => server.events,
    };
  },
};
