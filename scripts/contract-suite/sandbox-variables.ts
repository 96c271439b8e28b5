/** Of the collection's variables, what is true of a sandbox only: elsewhere they count as empty unless the environment has them. */
export const OF_SANDBOX: readonly string[] = [
  'sandbox_control',
  'reporting_username',
  'reporting_password',
  'roleless_username',
  'roleless_password',
];
