import { jsonReply, textReply, type Reply } from '../../../http/reply';
import type { Faults } from '../../scenarios/faults';
import { afterService, withHeaders, withoutHeader } from '../around';
import { inGroup } from '../mutant';

const VALUE = /\/(?:\$|%24)value$/;

/** Where $value leads (auxip.md#redirect). */
export const REDIRECT_MUTANTS = inGroup('redirects', [
  { name: 'value-301', defect: '$value redirects for good: 301', create: () => redirected(status(301)) },
  { name: 'value-303', defect: '$value redirects with 303', create: () => redirected(status(303)) },
  { name: 'value-307', defect: '$value redirects with 307', create: () => redirected(status(307)) },
  {
    name: 'value-200',
    defect: '$value is 200 without a body, and Location says where the file is',
    create: () => redirected(status(200)),
  },
  {
    name: 'value-location-in-body',
    defect: '$value sends the address as text with 200',
    create: () => redirected(({ headers }) => textReply(200, 'text/plain', String(headers['Location']))),
  },
  {
    name: 'value-location-missing',
    defect: 'the redirect of $value has no Location',
    create: () => redirected((reply) => withoutHeader(reply, 'Location')),
  },
  {
    name: 'value-location-relative',
    defect: 'Location of $value is relative, so that it leads back to the site',
    create: () => located((url) => url.replace(/^https?:\/\/[^/]+/, '')),
  },
  {
    name: 'value-location-inner-host',
    defect: 'Location of $value names a host behind the proxy',
    create: () => located((url) => url.replace(/^(https?:\/\/)[^/]+/, '$1s3.internal:9000')),
  },
  {
    name: 'value-location-same-host',
    defect: 'Location of $value names the host of the site, at another port, so that clients send their token along',
    create: () => located((url) => url.replace(/^(https?:\/\/)localhost/, '$1127.0.0.1')),
  },
  {
    name: 'value-location-unsigned',
    defect: 'Location of $value comes without its signature',
    create: () => located((url) => url.replace(/&X-Amz-Signature=.*$/, '')),
  },
  {
    name: 'value-location-double-encoded',
    defect: 'percent signs in Location of $value are encoded once more',
    create: () => located((url) => url.replaceAll('%', '%25')),
  },
  {
    name: 'value-location-without-expiry',
    defect: 'the address behind $value says nothing of its expiry',
    create: () => located((url) => url.replace(/&X-Amz-Expires=\d+/, '')),
  },
  {
    name: 'value-location-expired',
    defect: 'the address behind $value was signed yesterday',
    create: () => ({ presignedAge: () => 86_400 }),
  },
  {
    name: 'value-of-previous-product',
    defect: '$value leads to the file that was asked for before',
    create: () => {
      let before: string | undefined;
      return located((url) => {
        const previous = before ?? url;
        before = url;
        return previous;
      });
    },
  },
  {
    name: 'value-minds-case',
    defect: '$value of an id in capitals is not found',
    create: () => ({
      aroundService: (request, answer) =>
        VALUE.test(request.path) && /Products\([^)]*[A-F]/.test(request.path)
          ? jsonReply(500, { error: { code: null, message: 'No entity found for query' } }, { 'OData-Version': '4.0' })
          : answer(request),
    }),
  },
  {
    name: 'value-carries-token',
    defect: 'Location of $value carries the access token',
    create: () =>
      afterService(VALUE, (reply, { headers }) =>
        reply.status === 302
          ? withHeaders(reply, {
              Location: `${String(reply.headers['Location'])}&access_token=${(headers.authorization ?? '').slice(7)}`,
            })
          : reply,
      ),
  },
]);

function redirected(change: (reply: Reply) => Reply): Faults {
  return afterService(VALUE, (reply) => (reply.status === 302 ? change(reply) : reply));
}

function located(change: (url: string) => string): Faults {
  return redirected((reply) => withHeaders(reply, { Location: change(String(reply.headers['Location'])) }));
}

function status(another: number): (reply: Reply) => Reply {
  return (reply) => ({ ...reply, status: another });
}
