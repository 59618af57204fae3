/** No reader allocates more than this for one batch, whatever a damaged header says. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** A larger file is not one of ours, and is refused before it is read. */
export const MAX_SEGMENT_BYTES = 1024 * 1024 * 1024;
export const HASH_BYTES = 32;
export const SALT_BYTES = 8;
