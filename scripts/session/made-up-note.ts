/** Of files that a sandbox serves: they have the names of real ones. */
export const MADE_UP_NOTE = 'A sandbox: the bytes of its files are made up.';
