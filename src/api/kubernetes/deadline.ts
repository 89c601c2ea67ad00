/** What was not done in time; `limit` in milliseconds. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(limit: number) {
    super(`no answer within ${limit} ms`);
  }
}

/** The result of work, or a DeadlineError after so many milliseconds; the work itself is not stopped. */
export async function withinDeadline<T>(limit: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeadlineError(limit)), limit);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
