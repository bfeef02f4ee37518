/** Where bodies are kept, addressed by content. What it holds is encrypted before it gets here (`seal.ts`): the store needs no trust but for availability. */
export interface DocumentStore {
  /** Keeps bytes and resolves with their CID (version 1, text form) when they will survive a loss of power. Equal bytes give equal CIDs. */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * The bytes under a CID, checked against it.
   *
   * @throws ApiError `BODY_NOT_KEPT`
   */
  get(cid: string): Promise<Uint8Array>;
  /** CIDs of everything that may be a kept body, for rebuilding the catalogue; pieces of long bodies may be among them. */
  list(): AsyncIterable<string>;
  close(): Promise<void>;
}
