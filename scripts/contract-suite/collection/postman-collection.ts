/** The part of the Postman collection format 2.1 that the generators write (its official schema checks the rest). */

export interface PostmanHeader {
  key: string;
  value: string;
  description?: string;
}

export interface PostmanUrl {
  raw?: string;
  host: string[];
  path: string[];
  query?: { key: string; value: string; description?: unknown; disabled?: boolean }[];
  variable?: unknown[];
}

export interface PostmanAuth {
  type: 'noauth' | 'oauth2';
  oauth2?: { key: string; value: unknown; type: 'string' | 'boolean' | 'any' }[];
}

export interface PostmanRequest {
  method: string;
  url: PostmanUrl | string;
  header?: PostmanHeader[];
  body?: {
    mode?: string;
    raw?: string;
    urlencoded?: { key: string; value: string; type?: string; description?: unknown; disabled?: boolean }[];
  };
  auth?: PostmanAuth | null;
  description?: unknown;
}

export interface PostmanEvent {
  listen: 'prerequest' | 'test';
  script: { id?: string; /** JavaScript where left out. */ type?: 'text/javascript'; exec: string[] };
}

export interface PostmanResponse {
  id: string;
  name: string;
  originalRequest: PostmanRequest;
  status: string;
  code: number;
  _postman_previewlanguage: string;
  header: PostmanHeader[];
  cookie: [];
  body: string;
}

export interface PostmanItem {
  id: string;
  name: string;
  description?: string;
  event?: PostmanEvent[];
  protocolProfileBehavior?: Record<string, unknown>;
  request?: PostmanRequest;
  response?: PostmanResponse[];
  item?: PostmanItem[];
}

export interface PostmanCollection {
  info: { _postman_id: string; name: string; description: string; schema: string };
  auth: PostmanAuth;
  event?: PostmanEvent[];
  item: PostmanItem[];
  variable?: readonly { key: string; value: string; description?: string }[];
}

export const COLLECTION_SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

export const NO_AUTH: PostmanAuth = { type: 'noauth' };
