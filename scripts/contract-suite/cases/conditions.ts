/** What the services must pass over: their answers have neither a tag nor a date of change (RFC 9110 §13.1). */
export const CONDITIONS = { 'If-None-Match': '"auxflow"', 'If-Modified-Since': 'Sun, 01 Mar 2026 00:00:00 GMT' };
