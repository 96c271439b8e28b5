/** The hidden verb of the command line that Newman's own process is started with. */
export const CHILD_VERB = 'newman-child';
