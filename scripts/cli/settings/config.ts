/** What `auxflow.config.json` may hold; schemas/config.schema.json is made from these types. */

/** Each takes the place of the default of the option that is named with it. */
export interface Settings {
  /** `--env`: `sandbox`, `production`, a name from `profiles`, or the path of a Postman environment file. */
  environment?: string;
  /** `--site-url` */
  siteUrl?: string;
  /** `--user`. There is no setting for the password: see ADG_PASSWORD_FILE. */
  user?: string;
  /** `--out`: folder for downloaded files. */
  out?: string;
  /** `--reports`: folder for reports. */
  reports?: string;
  /**
   * `--parallel`: files to download in parallel.
   * @asType integer
   * @minimum 1
   */
  parallel?: number;
  quota?: QuotaSettings;
  proxies?: ProxySettings;
  /** `--ca-file`: PEM file with additional certificate authorities. */
  caFile?: string;
  /** `--client-cert` */
  clientCert?: string;
  /** `--client-key` */
  clientKey?: string;
}

/** How much of the account's quota may be used. */
export interface QuotaSettings {
  /**
   * `--quota-run`: downloads to request before a pause.
   * @asType integer
   * @minimum 1
   */
  run?: number;
  /**
   * `--quota-pause`: seconds.
   * @exclusiveMinimum 0
   */
  pause?: number;
  /**
   * `--budget-gb`: GB (10^9 bytes) per 8 days.
   * @exclusiveMinimum 0
   */
  budgetGb?: number;
  /**
   * `--budget-files`: files per 8 days.
   * @asType integer
   * @minimum 0
   */
  budgetFiles?: number;
}

/** Proxies without user and password; those belong in the environment variables, which take precedence. */
export interface ProxySettings {
  /** HTTPS_PROXY: `http://host:port`. */
  https?: string;
  /** HTTP_PROXY */
  http?: string;
  /** ALL_PROXY */
  all?: string;
  /** NO_PROXY: hosts that are reached directly. */
  none?: string[];
}

export interface Config extends Settings {
  /** Of this file, for editors. */
  $schema?: string;
  /** Named sets of settings; `--env NAME` selects one. What a profile leaves out is taken from the settings next to `profiles`. */
  profiles?: Record<string, Settings>;
}
