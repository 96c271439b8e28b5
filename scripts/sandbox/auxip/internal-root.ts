/** Where the service believes to live; it shows in feeds and Location headers (auxip.md §2.1, §2.5). */
export const INTERNAL_ROOT = 'http://auxip:8080/auxipv2.svc';
