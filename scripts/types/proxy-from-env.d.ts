declare module 'proxy-from-env' {
  /** The proxy of a URL by the environment, or an empty text. */
  export function getProxyForUrl(url: string): string;
}
