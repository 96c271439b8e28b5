import type { Reply } from './reply';
import { textReply } from './reply';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Not Allowed',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** The page of the proxies in front (access.md#proxies-and-limits, rdb.md#length-of-a-request). */
export function nginxPage(status: number): Reply {
  const title = `${status} ${REASONS[status] ?? 'Error'}`;
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.19.5</center>\r\n</body>\r\n</html>\r\n`;
  return textReply(status, 'text/html', page);
}

const TOMCAT_STYLE =
  'body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;} h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;} .line {height:1px;background-color:#525D76;border:none;}';

/** Tomcat's own page: the request never reached OData (rdb.md#calls, "Tomcat HTML"). */
export function tomcatPage(status: 400 | 405): Reply {
  const title = `HTTP Status ${status} – ${status === 400 ? 'Bad Request' : 'Method Not Allowed'}`;
  const page = `<!doctype html><html lang="en"><head><title>${title}</title><style type="text/css">${TOMCAT_STYLE}</style></head><body><h1>${title}</h1></body></html>`;
  return textReply(status, 'text/html;charset=utf-8', page);
}
