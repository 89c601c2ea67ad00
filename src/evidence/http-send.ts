import { limits } from '../base/index.ts';
import { httpFailure } from '../builtins/index.ts';
import { isObject } from '../values/index.ts';
import { admitUrl } from './admission.ts';
import { type Allowance, readBody } from './body.ts';
import type { EvidenceNeed } from './evidence.ts';
import type { EvidenceHandler, Found } from './handler.ts';
import { type HttpRequest, originOf, readHttpRequest } from './http-request.ts';
import { responseValue, statusLine } from './http-response.ts';
import { type LookUpError, refuse } from './look-up-error.ts';
import type { Outside, OutsideResponse } from './outside.ts';
import { type Hop, redirected } from './redirect.ts';
import { withTimeout } from './time-limit.ts';

/**
 * `http.send` of one decision. A failure is the response with status 0 that OPA gives where `raise_error`
 * is false; the built-in function raises it otherwise.
 */
export class HttpSend implements EvidenceHandler {
  private readonly outside: Outside;
  private readonly allowance: Allowance = { bytes: limits.evidenceBytes };
  private requests = 0;

  constructor(outside: Outside) {
    this.outside = outside;
  }

  async look({ request, hosts = [] }: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    if (!isObject(request)) return refuse('the request is not an object');
    const asked = readHttpRequest(request);
    return withTimeout(signal, asked.timeout, async inTime => {
      const { response, body } = await this.send(asked, hosts, inTime);
      const status = statusLine(response);
      const seen = { type: 'http.send', source: asked.url.origin, verified: false, status };
      return { value: responseValue(response, body, asked.decode), seen };
    });
  }

  failed({ request }: EvidenceNeed, { message, network }: LookUpError): Found {
    const source = originOf(request) ?? 'http.send';
    const code = network ? 'eval_http_send_network_error' : 'eval_http_send_internal_error';
    return {
      value: httpFailure(code, `${source}: ${message}`),
      seen: { type: 'http.send', source, verified: false, reason: message },
    };
  }

  /** Every hop is checked as the first one was. */
  private async send(
    { url, method, headers, body, followRedirects }: HttpRequest,
    hosts: readonly string[],
    signal: AbortSignal,
  ) {
    let hop: Hop = { url, method, headers, ...(body !== undefined && { body }) };
    for (let redirects = 0; ; redirects++) {
      const response = await this.ask(hop, hosts, signal);
      const next = followRedirects ? redirected(hop, response) : undefined;
      if (next === undefined) return { response, body: await readBody(response.body, this.allowance) };
      await response.body?.cancel();
      if (redirects === limits.redirects) refuse(`more than ${limits.redirects} redirects`);
      hop = next;
    }
  }

  private async ask(hop: Hop, hosts: readonly string[], signal: AbortSignal): Promise<OutsideResponse> {
    const addresses = await admitUrl(this.outside, hop.url, hosts, signal);
    if (++this.requests > limits.httpRequests) refuse(`more than ${limits.httpRequests} requests`);
    return this.outside.fetch({ ...hop, signal, ...(addresses !== undefined && { addresses }) });
  }
}
