import type { ProductRecord } from '../catalogue/catalogue';
import { splitQuery } from '../odata/decode';
import { readOptions, typeOptions } from '../odata/query-options';
import { AUXIP_EDM, PRODUCT } from './model';
import type { AuxipOptions } from './options';
import type { Subscription } from './subscriptions';

/** Milliseconds; the caller of the POST that causes a notification waits no longer for it. */
const PATIENCE = 5000;

/** One POST to each running subscription whose filter the new product matches (auxip.md#subscriptions). Failures are lost. */
export async function notifySubscribers(product: ProductRecord, options: AuxipOptions): Promise<void> {
  const interested = options.subscriptions.running.filter((subscription) =>
    isInterested(subscription, product, options),
  );
  await Promise.all(interested.map((subscription) => deliver(subscription, product, options)));
}

/** `FilterParam` is a bare query string; one that cannot be parsed matches nothing. */
function isInterested({ FilterParam }: Subscription, product: ProductRecord, options: AuxipOptions): boolean {
  try {
    const { filter } = typeOptions(AUXIP_EDM, readOptions(splitQuery(FilterParam)), PRODUCT);
    return options.products.matches(product, filter);
  } catch {
    return false;
  }
}

async function deliver(subscription: Subscription, product: ProductRecord, options: AuxipOptions): Promise<void> {
  if (!isLoopback(subscription.NotificationEndpoint)) return;
  const { NotificationEpUsername: username, NotificationEpPassword: password } = subscription;
  try {
    await fetch(subscription.NotificationEndpoint, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      },
      body: JSON.stringify({
        ProductId: product.id,
        ProductName: product.name,
        SubscriptionId: subscription.Id,
        NotificationDate: databaseTime(options.clock()),
      }),
    });
    options.subscriptions.noteDelivery(subscription.Id);
  } catch {
    // As the service: no retry, no queue.
  }
}

/** The sandbox never speaks to another machine. */
function isLoopback(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return (
    protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname))
  );
}

/** `yyyy-mm-dd hh:mm:ss.f`, as java.sql.Timestamp prints itself. */
function databaseTime(time: number): string {
  const [day = '', clock = ''] = new Date(time).toISOString().replace('Z', '').split('T');
  return `${day} ${clock.replace(/(\.\d)(\d*?)0*$/, '$1$2')}`;
}
