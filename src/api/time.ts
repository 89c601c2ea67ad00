/** Milliseconds since 1970 as answers write a time: RFC 3339 in UTC. */
export function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
