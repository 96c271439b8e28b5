import type { Content } from './archive-bytes';

/** An object of the store; its bytes are generated from the id (file-bytes.ts). */
export interface StoredObject {
  readonly id: string;
  /** bytes */
  readonly contentLength: number;
  /** epoch milliseconds */
  readonly lastModified: number;
  /** In the place of those bytes. */
  readonly content?: Content;
}
