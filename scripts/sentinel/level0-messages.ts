/**
 * The two texts of `Message` in an rdb.svc entry, and no other (rdb.md#entries). They tell whether the name is in the service's
 * Level-0 table; they do not tell whether auxiliary files were found.
 */
export const FOUND_MESSAGE =
  'The L0 product name entered in the request was found in the data base. So, the ADF selection rule has been applied using the sensing start of the corresponding data take.';

export const NOT_FOUND_MESSAGE =
  'Warning : The L0 product name entered in the request was not found in the data base. So, the ADF selection rule has been applied using the sensing start in the provided product name.';
