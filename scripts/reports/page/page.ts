import { html, trusted, type Html } from './html';
import { PAGE_SCRIPT } from './page-script';
import { PAGE_STYLE } from './page-style';

/** Nothing may be loaded, sent or embedded: the page is complete, and a value that slipped through could do nothing. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface PageParts {
  /** Of the browser's window. */
  readonly title: string;
  readonly kind: string;
  readonly heading: string;
  readonly subject: string;
  readonly body: Html;
  /** Of this page only, after those of every page. Constants of ours. */
  readonly style?: string;
  readonly script?: string;
  readonly auxflowVersion: string;
  /** Of what is still going on: seconds after which the page is read again. */
  readonly refreshSeconds?: number;
}

/** The frame of every page: one self-contained file, without anything from the network. */
export function page({
  title,
  kind,
  heading,
  subject,
  body,
  auxflowVersion,
  refreshSeconds,
  style = '',
  script = '',
}: PageParts): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refreshSeconds === undefined ? undefined : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(PAGE_STYLE + style)}
        </style>
      </head>
      <body>
        <header>
          <div class="wide">
            <p>${kind}</p>
            <h1>${heading}</h1>
            <p>${subject}</p>
          </div>
        </header>
        <main class="wide">${body}</main>
        <footer class="wide">
          <p>
            Written by auxflow ${auxflowVersion}. Passwords, tokens and presigned addresses are not in this page. It
            loads nothing and can be passed on as it is.
          </p>
        </footer>
        <script>
          ${trusted(PAGE_SCRIPT)};
          ${trusted(script)};
        </script>
      </body>
    </html> `.html;
}
