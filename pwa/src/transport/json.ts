/** Request bodies as JSON, compressed when that saves something on a weak link. */

const COMPRESS_FROM = 1024;

export interface EncodedBody {
  body: BodyInit;
  headers: Record<string, string>;
}

export async function jsonBody(value: unknown): Promise<EncodedBody> {
  const text = JSON.stringify(value);
  const headers = { 'Content-Type': 'application/json' };
  if (text.length < COMPRESS_FROM) return { body: text, headers };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).blob(), headers: { ...headers, 'Content-Encoding': 'gzip' } };
}
