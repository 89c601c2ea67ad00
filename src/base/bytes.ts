/**
 * The bytes of a stream in one piece. `admit` is told how many there are with each chunk, before it is kept, and
 * throws where these are too many: the rest is not taken.
 */
export async function readBytes(
  stream: AsyncIterable<Uint8Array> | null,
  admit: (chunk: number, total: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream ?? []) {
    total += chunk.byteLength;
    admit(chunk.byteLength, total);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
