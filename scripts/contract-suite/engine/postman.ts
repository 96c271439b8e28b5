/** Postman's API is given to every function: it is another object for each request, while these functions stay. */
export type Postman = typeof pm;
