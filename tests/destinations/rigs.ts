import { appcuesDestination } from "../../server/destinations/appcues/appcues";
import { bigqueryDestination } from "../../server/destinations/bigquery/bigquery";
import { brazeDestination } from "../../server/destinations/braze/braze";
import { customerIoDestination } from "../../server/destinations/customer-io/customer-io";
import { hubspotDestination } from "../../server/destinations/hubspot/hubspot";
import { intercomDestination } from "../../server/destinations/intercom/intercom";
import { iterableDestination } from "../../server/destinations/iterable/iterable";
import { pendoDestination, placeholder } from "../../server/destinations/pendo/pendo";
import { postgresqlDestination } from "../../server/destinations/postgresql/postgresql";
import { s3Destination } from "../../server/destinations/s3/s3";
import { slackDestination } from "../../server/destinations/slack/slack";
import { snowflakeDestination } from "../../server/destinations/snowflake/snowflake";
import { startAppcues } from "./appcues-server";
import { startBigQuery } from "./bigquery-server";
import { startBraze } from "./braze-server";
import { startCustomerIo } from "./customer-io-server";
import { startHubSpot } from "./hubspot-server";
import { startIntercom } from "./intercom-server";
import { startIterable } from "./iterable-server";
import { startPendo } from "./pendo-server";
import { startPostgresqlTool } from "./postgresql-server";
import { audience, type Rig } from "./rig";
import { startS3 } from "./s3-server";
import { startSlack } from "./slack-server";
import { startSnowflake } from "./snowflake-server";

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
  iterable: async () => {
    const server = await startIterable();
    return {
      destination: iterableDestination,
      server,
      origin: "https://api.iterable.com",
      settings: { region: "us", apiKey: server.key },
      options: { sendEvents: true },
      members: () => server.listed(audience.name),
      events: () => [...server.events.values()],
    };
  },
  "customer-io by an attribute": async () => {
    const server = await startCustomerIo();
    return {
      destination: customerIoDestination,
      server,
      origin: "https://track-eu.customer.io",
      settings: { region: "eu", siteId: server.siteId, apiKey: server.apiKey },
      options: { sendEvents: true },
      members: () => server.having(audience.key),
      events: () => [...server.events.values()],
    };
  },
  "customer-io by a manual segment": async () => {
    const server = await startCustomerIo();
    return {
      destination: customerIoDestination,
      server,
      origin: "https://track.customer.io",
      settings: { siteId: server.siteId, apiKey: server.apiKey },
      options: { segmentId: String(server.segment) },
      members: () => server.inSegment(server.segment),
      events: () => [...server.events.values()],
    };
  },
  "hubspot by a list": async () => {
    const server = await startHubSpot();
    return {
      destination: hubspotDestination,
      server,
      origin: "https://api.hubapi.com",
      settings: { accessToken: server.token },
      members: () => server.listed(audience.name),
    };
  },
  "hubspot by a property": async () => {
    const server = await startHubSpot();
    return {
      destination: hubspotDestination,
      server,
      origin: "https://api.hubapi.com",
      settings: { accessToken: server.token },
      members: () => server.having(audience.key),
    };
  },
  intercom: async () => {
    const server = await startIntercom();
    return {
      destination: intercomDestination,
      server,
      origin: "https://api.intercom.io",
      settings: { accessToken: server.token },
      options: { sendEvents: true },
      members: () => server.having(audience.key),
      events: () => server.events,
    };
  },
  pendo: async () => {
    const server = await startPendo();
    return {
      destination: pendoDestination,
      server,
      origin: "https://app.eu.pendo.io",
      settings: { region: "eu", integrationKey: server.key },
      members: () => server.visitors(audience.name).filter((visitor) => visitor !== placeholder),
    };
  },
  appcues: async () => {
    const server = await startAppcues();
    return {
      destination: appcuesDestination,
      server,
      origin: "https://api.appcues.com",
      settings: { accountId: server.account, apiKey: server.key, apiSecret: server.secret },
      options: { sendEvents: true },
      members: () => server.having(audience.key),
      events: () => server.events,
    };
  },
  postgresql: async () => {
    const server = await startPostgresqlTool();
    return {
      destination: postgresqlDestination,
      server,
      origin: server.origin,
      settings: server.settings,
      members: (audienceId) => server.members(audienceId),
      events: () => server.events(),
    };
  },
  snowflake: async () => {
    const server = await startSnowflake();
    return {
      destination: snowflakeDestination,
      server,
      origin: "https://myorg-trial.snowflakecomputing.com",
      settings: server.settings,
      members: (audienceId) => server.members(audienceId),
      events: () => server.events(),
    };
  },
  bigquery: async () => {
    const server = await startBigQuery();
    return {
      destination: bigqueryDestination,
      server,
      origin: "https://bigquery.googleapis.com",
      settings: server.settings,
      members: (audienceId) => server.members(audienceId),
      events: () => server.events(),
    };
  },
  s3: async () => {
    const server = await startS3();
    return {
      destination: s3Destination,
      server,
      origin: server.origin,
      settings: server.settings,
      refusesOne: false,
      members: () => server.members(),
      events: () => server.events(),
    };
  },
  "slack person by person": async () => {
    const server = await startSlack();
    return {
      destination: slackDestination,
      server,
      origin: "https://hooks.slack.com",
      settings: { webhookUrl: server.webhookUrl.replace(server.origin, "https://hooks.slack.com") },
      options: { digest: false },
      refusesOne: false,
      members: () => {
        const inside = new Set<string>();
        for (const text of server.messages) {
          const [person = "", verb] = text.split(" ");
          if (verb === "entered") inside.add(person);
          else inside.delete(person);
        }
        return [...inside];
      },
    };
  },
};
