import type { Command } from 'commander';

/** How the network is reached, on every verb that does; proxies are named by the environment (HTTPS_PROXY, NO_PROXY, …). */
export function withNetwork(command: Command): Command {
  return command
    .option('--allow-insecure', 'allow http:// URLs to hosts other than this machine', false)
    .option('--ca-file <file>', 'PEM file with additional certificate authorities to trust')
    .option('--client-cert <file>', 'PEM file of a client certificate')
    .option('--client-key <file>', 'PEM file of its private key');
}
