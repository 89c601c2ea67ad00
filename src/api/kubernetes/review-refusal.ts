import type { RequestContext } from '../route.ts';
import { type AdmissionReview, admissionResponse } from './admission-review.ts';
import { failureOf } from './failure.ts';

/** As much of a body as is looked at for the uid, which the API server writes first. */
const HEAD = 4_096;
const uidField = /"request"\s*:\s*\{[^{}]*?"uid"\s*:\s*"(?<uid>[^"\\]{1,200})"/u;

/**
 * A body of which the first bytes are kept, for an answer to its uid where the body is broken or goes on for too
 * long: the API server takes an answer without that for none, which webhooks may be set to let pass.
 */
export class ReviewBody implements AsyncIterable<Uint8Array> {
  private readonly body: Request['body'];
  private readonly head: number[] = [];

  constructor({ body }: Request) {
    this.body = body;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.body ?? []) {
      if (this.head.length < HEAD) this.head.push(...chunk.subarray(0, HEAD));
      yield chunk;
    }
  }

  /** Empty where it is not among the first bytes; these are read now if nobody has read them. */
  async uid(): Promise<string> {
    if (this.head.length === 0 && this.body?.locked === false) {
      for await (const _ of this) if (this.head.length >= HEAD) break;
    }
    const text = new TextDecoder().decode(Uint8Array.from(this.head));
    return uidField.exec(text)?.groups?.['uid'] ?? '';
  }
}

/** A denial that says what went wrong. */
export async function reviewRefusal(
  context: RequestContext,
  thrown: unknown,
  body: ReviewBody = new ReviewBody(context.req.raw),
  apiVersion?: AdmissionReview['apiVersion'],
): Promise<Response> {
  const { status, message } = failureOf(thrown, context);
  return admissionResponse(await body.uid(), { allowed: false, code: status, message }, apiVersion);
}
