import { waitUntil } from 'cloudflare:workers';
import type { MessageBatch, RateLimit } from '@cloudflare/workers-types';
import { version } from '../package.json';
import { createApp, registryHost } from './api/index.ts';
import { PolicyLibrary } from './bundles/index.ts';
import { PolicyCache } from './decide/index.ts';
import {
  dnsOverHttps,
  type Outside,
  platformFetch,
  RegistryCache,
  type RegistrySettings,
  readDockerConfig,
  readHosts,
  readTrustRoot,
  toHost,
} from './evidence/index.ts';
import {
  type Bindings,
  bindingChecks,
  consumeDecisions,
  type DecisionMessage,
  libraryFiles,
  openDatabase,
  PlanStore,
  purgeDecisions,
  recordVersion,
  Sealer,
  sendDecisions,
} from './store/index.ts';

type App = ReturnType<typeof createApp>;

/** Made at the first request, so that an isolate starts in no time; what is compiled lives as long as it. */
let app: App | undefined;

function appOf(bindings: Bindings): App {
  return createApp({
    library: new PolicyLibrary(libraryFiles),
    cache: new PolicyCache(),
    bindings: bindingChecks(bindings),
    database: openDatabase(bindings.DB),
    plans: new PlanStore(bindings.PLANS),
    enqueueDecisions: messages => sendDecisions(bindings.DECISIONS, messages),
    anonymous: bindings.PRATIQUE_ANONYMOUS === 'evaluate',
    ...(bindings.PRATIQUE_OPERATOR_TOKEN && { operatorToken: bindings.PRATIQUE_OPERATOR_TOKEN }),
    ...(bindings.PRATIQUE_SEALING_KEY && { sealer: new Sealer(bindings.PRATIQUE_SEALING_KEY) }),
    rates: ratesOf(bindings),
    afterwards: work => waitUntil(work.catch(ignore)),
    now: () => Date.now(),
    clock: () => performance.now() * 1000,
    log: line => console.log(line),
    record: source => waitUntil(recordVersion(bindings.DB, source, Date.now()).catch(ignore)),
    version,
    outside: outsideOf(bindings),
    registry: registryOf(bindings),
    sharedRegistries: readHosts(bindings.PRATIQUE_SHARED_REGISTRIES, registryHost),
    ...(bindings.PRATIQUE_TRUST_ROOT && {
      trustRoots: [readTrustRoot('the deployment', bindings.PRATIQUE_TRUST_ROOT)],
    }),
    ...(bindings.PRATIQUE_PROVIDER_DEADLINE && {
      providerDeadline: Number(bindings.PRATIQUE_PROVIDER_DEADLINE),
    }),
    requestHosts: readHosts(bindings.PRATIQUE_HTTP_HOSTS),
  });
}

/** As wrangler.toml has it: their period cannot be read from a binding. */
function ratesOf({ CALLER_RATE, ORGANISATION_RATE }: Bindings) {
  const by = (binding: RateLimit) => async (key: string) => (await binding.limit({ key })).success;
  return { caller: by(CALLER_RATE), organisation: by(ORGANISATION_RATE), period: 60 };
}

function outsideOf({ PRATIQUE_PRIVATE_HOSTS, PRATIQUE_DNS_RESOLVER }: Bindings): Outside {
  const ask = platformFetch((input, init) => fetch(input, init));
  return {
    fetch: ask,
    clock: () => Date.now(),
    privateHosts: readHosts(PRATIQUE_PRIVATE_HOSTS, toHost),
    ...(PRATIQUE_DNS_RESOLVER && { lookup: dnsOverHttps(ask, new URL(PRATIQUE_DNS_RESOLVER)) }),
  };
}

function registryOf(bindings: Bindings): RegistrySettings {
  const { PRATIQUE_REGISTRIES, PRATIQUE_REGISTRY_CONFIG, PRATIQUE_PLATFORM } = bindings;
  return {
    ...(PRATIQUE_REGISTRIES !== undefined && { registries: readHosts(PRATIQUE_REGISTRIES) }),
    ...(PRATIQUE_REGISTRY_CONFIG && { credentials: readDockerConfig(PRATIQUE_REGISTRY_CONFIG) }),
    plainHttp: readHosts(bindings.PRATIQUE_PLAIN_HTTP),
    ...(PRATIQUE_PLATFORM && { platform: PRATIQUE_PLATFORM }),
    cache: new RegistryCache(),
  };
}

/** What is done afterwards is done again at the next occasion, such as a version that could not be put on record. */
function ignore(): void {}

export default {
  fetch(request: Request, bindings: Bindings): Response | Promise<Response> {
    app ??= appOf(bindings);
    return app.fetch(request);
  },

  queue(batch: MessageBatch<DecisionMessage>, { DB }: Bindings): Promise<void> {
    return consumeDecisions(openDatabase(DB), batch);
  },

  async scheduled(_: unknown, { DB }: Bindings): Promise<void> {
    await purgeDecisions(openDatabase(DB), Date.now());
  },
};
