import type { Redis } from 'ioredis';

const PAGE = 1000;

/** The rows of a list, a page at a time. @param from place of the first one that is wanted */
export async function* readPages(redis: Redis, key: string, from = 0): AsyncGenerator<string> {
  for (;;) {
    const page = await redis.lrange(key, from, from + PAGE - 1);
    yield* page;
    if (page.length < PAGE) return;
    from += PAGE;
  }
}
