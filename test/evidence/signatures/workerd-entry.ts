import { ask, type Reply } from './ask.ts';
import { fromWire, type WireQuestion } from './wire.ts';

/** A Worker that answers questions about signatures, so that tests can put them to workerd. */
// biome-ignore lint/style/noDefaultExport: what a Worker is
export default {
  async fetch(request: Request): Promise<Response> {
    const questions = (await request.json()) as readonly WireQuestion[];
    const replies: Reply[] = [];
    for (const question of questions) replies.push(await ask(fromWire(question)));
    return Response.json(replies);
  },
};
