/**
 * What an SDK of Segment asks for before it sends. A part left out would be filled from Segment's own host, so that
 * data would go there: the entry of `Segment.io` is always whole.
 */
export function sdkSettings(writeKey: string, origin: URL): object {
  return {
    integrations: {
      "Segment.io": {
        apiKey: writeKey,
        apiHost: `${origin.host}/v1`,
        protocol: origin.protocol.slice(0, -1),
        unbundledIntegrations: [],
        addBundledMetadata: true,
        maybeBundledConfigIds: {},
        versionSettings: { version: "4.4.7", componentTypes: ["browser"] },
        type: "browser",
        bundlingStatus: "bundled",
      },
    },
    plan: {
      track: { __default: { enabled: true, integrations: {} } },
      identify: { __default: { enabled: true } },
      group: { __default: { enabled: true } },
    },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    // Counters of the SDK's own performance, which nobody here would read.
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
}
