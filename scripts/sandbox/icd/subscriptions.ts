import { answerAuxip } from '../auxip/auxip-service';
import { requireRole } from '../auxip/caller';
import { AUXIP_EDM, SUBSCRIPTION } from '../auxip/model';
import type { AuxipOptions } from '../auxip/options';
import type { Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { negotiate } from '../odata/content-negotiation';
import { dataReply } from '../odata/data-reply';
import { applicationError } from '../odata/odata-error';
import { answerOData } from '../odata/odata-service';
import { entityFields } from '../odata/write-entity';

/** Whether a path below the root is of the subscriptions. */
export const isOfSubscriptions = (path: string): boolean => /^\/Subscriptions(?![A-Za-z])/.test(path);

const ONE = /^\/Subscriptions\(([0-9a-f-]{36})\)$/i;

/**
 * Subscriptions as the specification has them (auxip.md#specification-icd): created, listed, paused, resumed and cancelled as
 * auxip.svc does, and besides read one by one, with their key in quotes or not, and filtered by the name of their status's type.
 */
export function answerIcdSubscriptions(wire: WireRequest, path: string, auxip: AuxipOptions): Promise<Reply> {
  const plain = withoutQuotes(path);
  const [, id] = ONE.exec(plain) ?? [];
  if (id === undefined || wire.method !== 'GET')
    return answerAuxip({ ...wire, query: wire.query && withoutTypeOfStatus(wire.query) }, plain, auxip);
  return answerOData(AUXIP_EDM, wire, plain, ({ options }) => {
    const representation = negotiate('data', wire.headers, options.format);
    requireRole(wire, 'Subscriptions');
    const subscription = auxip.subscriptions.all.find((known) => known.Id === id.toLowerCase());
    if (!subscription) throw applicationError(404, 'Subscription not found');
    const shape = { set: 'Subscriptions', type: SUBSCRIPTION };
    const fields = entityFields({ ...subscription }, subscription.Id, {
      ...shape,
      select: options.select,
      representation,
    });
    const context = representation.metadata === 'none' ? {} : { '@odata.context': '$metadata#Subscriptions/$entity' };
    return dataReply(200, { ...context, ...fields }, representation, { edm: AUXIP_EDM, ...shape });
  });
}

/** `Subscriptions('…')`, as the specification's examples write a key that is a GUID; the quotes may be encoded. */
const withoutQuotes = (path: string): string =>
  path.replace(/^(\/Subscriptions\()(?:'|%27)([^'%)]*)(?:'|%27)\)/i, '$1$2)');

/** `OData.CSC.SubscriptionStatus'running'`: the status is a text here. */
const withoutTypeOfStatus = (query: string): string => query.replaceAll(/OData\.CSC\.SubscriptionStatus(?='|%27)/g, '');
