interface Sender {
  writeKey: string;
  /** Where this Foothold is reached, without a slash at the end. */
  origin: string;
}

/** How to send with the SDKs that people have already, and with nothing but HTTP. */
export const snippets = [
  {
    value: "node",
    label: "Node.js",
    install: "npm install @segment/analytics-node",
    code: ({ writeKey, origin }: Sender) => `import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({
  writeKey: "${writeKey}",
  host: "${origin}",
});

analytics.identify({ userId: "user-1", traits: { email: "ada@example.com", plan: "trial" } });
analytics.track({ userId: "user-1", event: "Account Created" });

await analytics.closeAndFlush();`,
  },
  {
    value: "page",
    label: "Web page",
    install: null,
    code: ({ writeKey, origin }: Sender) => `<script>
  var analytics = (window.analytics = window.analytics || []);
  ["identify", "track", "page", "group", "alias", "reset", "ready", "on", "once", "off"].forEach(function (method) {
    analytics[method] = function () {
      analytics.push([method].concat([].slice.call(arguments)));
      return analytics;
    };
  });
  analytics.page();
</script>
<script async src="${origin}/analytics.js/v1/${writeKey}/analytics.min.js"></script>

<!-- Where somebody signs up: -->
<script>
  analytics.identify("user-1", { email: "ada@example.com", plan: "trial" });
  analytics.track("Account Created");
</script>`,
  },
  {
    value: "browser",
    label: "Bundler",
    install: "npm install @segment/analytics-next",
    code: ({ writeKey, origin }: Sender) => {
      const { host, protocol } = new URL(origin);
      return `import { AnalyticsBrowser } from "@segment/analytics-next";

const analytics = AnalyticsBrowser.load(
  { writeKey: "${writeKey}", cdnURL: "${origin}" },
  {
    integrations: {
      "Segment.io": { apiHost: "${host}/v1", protocol: "${protocol.replace(":", "")}" },
    },
  },
);

analytics.identify("user-1", { email: "ada@example.com", plan: "trial" });
analytics.track("Account Created");`;
    },
  },
  {
    value: "rudder",
    label: "RudderStack",
    install: "npm install @rudderstack/rudder-sdk-node",
    code: ({ writeKey, origin }: Sender) => `import Analytics from "@rudderstack/rudder-sdk-node";

const analytics = new Analytics("${writeKey}", { dataPlaneUrl: "${origin}" });

analytics.identify({ userId: "user-1", traits: { email: "ada@example.com", plan: "trial" } });
analytics.track({ userId: "user-1", event: "Account Created" });

await analytics.flush();`,
  },
  {
    value: "http",
    label: "HTTP",
    install: null,
    code: ({ writeKey, origin }: Sender) => `curl ${origin}/v1/track \\
  --user ${writeKey}: \\
  --header 'content-type: application/json' \\
  --data '{"userId": "user-1", "event": "Account Created"}'`,
  },
] as const;
