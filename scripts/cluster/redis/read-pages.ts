import type { Redis } from 'ioredis';

const PAGE = 1000;

/** What has an order in Redis, a page at a time. @param read what lies from one place to another, both inclusive */
export async function* pagesOf(
  read: (first: number, last: number) => Promise<readonly string[]>,
  from = 0,
): AsyncGenerator<readonly string[]> {
  for (;;) {
    const page = await read(from, from + PAGE - 1);
    yield page;
    if (page.length < PAGE) return;
    from += PAGE;
  }
}

const listPages = (redis: Redis, key: string, from = 0): AsyncGenerator<readonly string[]> =>
  pagesOf((first, last) => redis.lrange(key, first, last), from);

/** The rows of a list. @param from place of the first one that is wanted */
export async function* readPages(redis: Redis, key: string, from = 0): AsyncGenerator<string> {
  for await (const page of listPages(redis, key, from)) yield* page;
}
