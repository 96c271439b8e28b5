import { Option, type Command } from 'commander';

/** How the network is reached, on every verb that does; proxies are named by the environment (HTTPS_PROXY, NO_PROXY, …). */
export function withNetwork(command: Command): Command {
  return command
    .option('--allow-insecure', 'allow http:// URLs to hosts other than this machine', false)
    .option('--ca-file <file>', 'PEM file with additional certificate authorities to trust')
    .option('--client-cert <file>', 'PEM file of a client certificate')
    .option('--client-key <file>', 'PEM file of its private key');
}

/** Where `auxflow sandbox -- COMMAND` says to its command what runs. */
export const SITE_URL_VARIABLE = 'AUXFLOW_SITE_URL';

/** `--site-url`, on every verb that speaks of a site; the environment's variable counts where the option is left out. */
export function siteUrlOption(description = "override the environment's site_url"): Option {
  return new Option('--site-url <url>', `${description} (default: $${SITE_URL_VARIABLE})`).default(
    process.env[SITE_URL_VARIABLE] || undefined,
  );
}
