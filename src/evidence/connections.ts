import type { Fetch, OutsideResponse } from './outside.ts';

/**
 * A `Fetch` of which at most so many requests are under way at once. A request is under way until its body
 * has been read to the end or given up; the others wait in the order in which they came.
 */
export function limitConnections(fetch: Fetch, most: number): Fetch {
  let open = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) open--;
    else next();
  };
  return async request => {
    if (open < most) open++;
    else await new Promise<void>(enter => waiting.push(enter));
    const end = once(leave);
    try {
      request.signal.throwIfAborted();
      const response = await fetch(request);
      request.signal.addEventListener('abort', end, { once: true });
      return watched(response, end);
    } catch (error) {
      end();
      throw error;
    }
  };
}

/** The response, telling when its body is done with. */
function watched(response: OutsideResponse, end: () => void): OutsideResponse {
  const { status, statusText, headers, body } = response;
  if (body === null) {
    end();
    return response;
  }
  const reader = body.getReader();
  const stream = new ReadableStream<Uint8Array>({
    pull: async controller => {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      end();
    },
    cancel: reason => {
      end();
      return reader.cancel(reason);
    },
  });
  return { status, statusText, headers, body: stream };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
