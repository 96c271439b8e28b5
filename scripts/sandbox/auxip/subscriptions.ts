import { randomUUID } from 'node:crypto';
import { timeText } from './timestamp';

export type SubscriptionStatus = 'running' | 'paused' | 'cancelled';

/** As sent, keys in this order (auxip.md#subscriptions). */
export interface Subscription {
  readonly Id: string;
  readonly Status: SubscriptionStatus;
  readonly NotificationEndpoint: string;
  readonly NotificationEpUsername: string;
  readonly NotificationEpPassword: string;
  readonly FilterParam: string;
  readonly SubmissionDate: string;
  readonly LastNotificationDate: string | null;
}

export type SubscriptionRequest = Pick<
  Subscription,
  'FilterParam' | 'NotificationEndpoint' | 'NotificationEpUsername' | 'NotificationEpPassword'
>;

const STATUS_AFTER: Readonly<Record<string, SubscriptionStatus>> = {
  'OData.CSC.Pause': 'paused',
  'OData.CSC.Resume': 'running',
  'OData.CSC.Cancel': 'cancelled',
};

/** Everybody's subscriptions in one list, as the service keeps them. */
export class Subscriptions {
  private readonly byId = new Map<string, Subscription>();

  constructor(private readonly clock: () => number) {}

  get all(): readonly Subscription[] {
    return [...this.byId.values()];
  }

  get running(): readonly Subscription[] {
    return this.all.filter(({ Status }) => Status === 'running');
  }

  create(request: SubscriptionRequest): Subscription {
    const subscription: Subscription = {
      Id: randomUUID(),
      Status: 'running',
      NotificationEndpoint: request.NotificationEndpoint,
      NotificationEpUsername: request.NotificationEpUsername,
      NotificationEpPassword: request.NotificationEpPassword,
      FilterParam: request.FilterParam,
      SubmissionDate: timeText(this.clock()),
      LastNotificationDate: null,
    };
    this.byId.set(subscription.Id, subscription);
    return subscription;
  }

  /** `unchanged` once cancelled; any other state gives way to any action. */
  act(id: string, action: string): 'done' | 'unchanged' | 'unknown' {
    const subscription = this.byId.get(id.toLowerCase());
    const status = STATUS_AFTER[action];
    if (subscription === undefined || status === undefined) return 'unknown';
    if (subscription.Status === 'cancelled') return 'unchanged';
    this.byId.set(subscription.Id, { ...subscription, Status: status });
    return 'done';
  }

  noteDelivery(id: string): void {
    const subscription = this.byId.get(id);
    if (subscription !== undefined)
      this.byId.set(id, { ...subscription, LastNotificationDate: timeText(this.clock()) });
  }

  delete(id: string): void {
    this.byId.delete(id.toLowerCase());
  }
}
