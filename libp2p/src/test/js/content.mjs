// Bytes that both ends can make from a number, and the hash that proves that they arrived.
import { createCipheriv, createHash } from 'node:crypto'

/** How many bytes are made and sent at a time. */
export const CHUNK = 64 * 1024

/**
 * The first `length` bytes of the AES-128-CTR key stream whose key is `seed` as 16 bytes big-endian
 * and whose counter begins at zero, in chunks of at most CHUNK.
 */
export function * content (length, seed) {
  const key = Buffer.alloc(16)
  key.writeBigUInt64BE(BigInt(seed), 8)
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16))
  const zeros = Buffer.alloc(CHUNK)
  for (let left = length; left > 0; left -= CHUNK) {
    yield cipher.update(left < CHUNK ? zeros.subarray(0, left) : zeros)
  }
}

/** The same number of zeros; for measurements, where making bytes must not be what is measured. */
export function * zeros (length) {
  const chunk = new Uint8Array(CHUNK)
  for (let left = length; left > 0; left -= CHUNK) {
    yield left < CHUNK ? chunk.subarray(0, left) : chunk
  }
}

/** Hashes what passes. */
export class Digest {
  #hash = createHash('sha256')
  bytes = 0

  add (part) {
    this.#hash.update(part)
    this.bytes += part.byteLength
  }

  /** The 32 bytes; may be asked for once. */
  finish () {
    return this.#hash.digest()
  }
}

/** The hash of `content(length, seed)`. */
export function contentHash (length, seed) {
  const digest = new Digest()
  for (const chunk of content(length, seed)) digest.add(chunk)
  return digest.finish()
}
