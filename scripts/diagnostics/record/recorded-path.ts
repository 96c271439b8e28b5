import { SERVICES } from '../../services/services';
import type { Site } from '../../services/site';
import { serviceRoots } from '../drift/samples';

/**
 * The path under which a request to a site is recorded: that of the public services (`/auxip.svc/Products?…`), wherever the site has
 * its roots, so that any other site can be asked the same. Percent-encoded as it goes over the wire. Undefined for other addresses.
 */
export function recordedPath(site: Site, url: string): string | undefined {
  const { href } = new URL(url);
  const found = serviceRoots(site).find(({ root }) => href.startsWith(`${new URL(root).href}/`));
  return found && SERVICES[found.service].path + href.slice(new URL(found.root).href.length);
}
