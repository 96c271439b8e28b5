import { textReply, type Reply } from '../../http/reply';
import type { WireRequest } from '../../http/request';
import type { Scenario } from './scenario';

/** Text of the 500 that auxip.svc answers when it waited in vain for a connection to its database. */
export const NO_CONNECTION =
  'Unable to acquire JDBC Connection; nested exception is org.hibernate.exception.JDBCConnectionException';

export const CONNECTION_SCENARIOS: readonly Scenario[] = [
  {
    name: 'count-leak',
    effect:
      "$count, Subscriptions and Metrics each leak one of auxip.svc's N (80) connections; then all is 500, after 30 s",
    create: ({ magnitude = 80, connectionSeconds }) => {
      let taken = 0;
      return {
        site: ({ request, service }) => {
          if (service !== 'auxip' && service !== 'icd') return undefined;
          if (taken >= magnitude) return noConnection(connectionSeconds);
          if (leaks(request)) taken += 1;
          return undefined;
        },
      };
    },
  },
];

function leaks({ method, path, query = '' }: WireRequest): boolean {
  if (method !== 'GET') return false;
  const counts = new URLSearchParams(query).get('$count') === 'true';
  const address = path.replace(/%24/g, '$');
  return counts || /\/\$count$/.test(address) || /\/(?:Subscriptions|Metrics)\b/.test(address);
}

function noConnection(seconds: number): Reply {
  const body = JSON.stringify({ error: { code: null, message: NO_CONNECTION } });
  const reply = textReply(500, 'application/json;odata.metadata=minimal', body, { 'OData-Version': '4.0' });
  return { ...reply, delivery: { delayMs: 1000 * seconds } };
}
