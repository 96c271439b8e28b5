import type { Command } from 'commander';
import type { NetworkOptions } from '../../services/network';
import { SettingOption } from '../settings/setting-option';

export interface SiteFlags extends NetworkOptions {
  env: string;
  siteUrl?: string;
  user?: string;
  allowInsecure: boolean;
}

/** Which services, and as whom: the same on every verb that talks to them. */
export function withSiteOptions(command: Command): Command {
  return withNetwork(
    command
      .addOption(
        new SettingOption(
          'environment',
          '--env <name|file>',
          'environment: sandbox, production, a profile of auxflow.config.json, or a Postman environment file',
          'AUXFLOW_ENV',
        ).default('sandbox', '$AUXFLOW_ENV, else sandbox'),
      )
      .addOption(siteUrlOption())
      .addOption(new SettingOption('user', '-u, --user <name>', 'user name (default: $ADG_USER)', 'ADG_USER')),
  );
}

/** Where `auxflow sandbox -- COMMAND` says to its command what runs. */
export const SITE_URL_VARIABLE = 'AUXFLOW_SITE_URL';

/** `--site-url`, on every verb that speaks of a site. */
export function siteUrlOption(): SettingOption {
  const description = `override the environment's site_url (default: $${SITE_URL_VARIABLE})`;
  return new SettingOption('siteUrl', '--site-url <url>', description, SITE_URL_VARIABLE);
}

/** How the network is reached; proxies are named by the environment (HTTPS_PROXY, NO_PROXY, …) or the config file. */
export function withNetwork(command: Command): Command {
  return command
    .option('--allow-insecure', 'allow http:// URLs to hosts other than this machine', false)
    .addOption(
      new SettingOption('caFile', '--ca-file <file>', 'PEM file with additional certificate authorities to trust'),
    )
    .addOption(new SettingOption('clientCert', '--client-cert <file>', 'PEM file of a client certificate'))
    .addOption(new SettingOption('clientKey', '--client-key <file>', 'PEM file of its private key'));
}

/** Folder for reports, on every verb that writes one. */
export function withReports(command: Command): Command {
  return command.addOption(new SettingOption('reports', '--reports <folder>', 'folder for reports').default('reports'));
}
