/** Where the service believes to live; it shows in feeds and Location headers (auxip.md#resources, auxip.md#writing). */
export const INTERNAL_ROOT = 'http://auxip:8080/auxipv2.svc';
