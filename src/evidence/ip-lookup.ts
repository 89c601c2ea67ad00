import { evidenceAnswer } from '../images/index.ts';
import { SetValue } from '../values/index.ts';
import { admitName } from './admission.ts';
import type { EvidenceNeed } from './evidence.ts';
import type { EvidenceHandler, Found } from './handler.ts';
import { type LookUpError, refuse } from './look-up-error.ts';
import type { Outside } from './outside.ts';

/** `net.lookup_ip_addr`: the addresses of hosts that the policy may ask, as a set of texts. */
export class IpLookup implements EvidenceHandler {
  private readonly outside: Outside;

  constructor(outside: Outside) {
    this.outside = outside;
  }

  async look({ request, hosts = [] }: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    if (typeof request !== 'string') return refuse('the name is not a string');
    const addresses = await admitName(this.outside, request, hosts, signal);
    return {
      value: SetValue.of(addresses),
      seen: { type: 'net.lookup_ip_addr', source: request, verified: false },
    };
  }

  failed({ request }: EvidenceNeed, { message }: LookUpError): Found {
    return {
      value: evidenceAnswer('unavailable', { reason: message }),
      seen: { type: 'net.lookup_ip_addr', source: String(request), verified: false, reason: message },
    };
  }
}
