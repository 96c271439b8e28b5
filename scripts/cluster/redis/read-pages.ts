import type { Redis } from 'ioredis';

const PAGE = 1000;

/** What has an order in Redis, a page at a time. @param read what lies from one place to another, both inclusive */
export async function* pagesOf(
  read: (first: number, last: number) => Promise<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  for (let first = 0; ; first += PAGE) {
    const page = await read(first, first + PAGE - 1);
    yield page;
    if (page.length < PAGE) return;
  }
}

/** The rows of a list, in pages. */
export const listPages = (redis: Redis, key: string): AsyncGenerator<readonly string[]> =>
  pagesOf((first, last) => redis.lrange(key, first, last));

/** The rows of a list, one by one. */
export async function* readPages(redis: Redis, key: string): AsyncGenerator<string> {
  for await (const page of listPages(redis, key)) yield* page;
}
