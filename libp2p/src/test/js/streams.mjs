// Reading and writing js-libp2p's message streams to their ends.

/**
 * Calls `onPart` with each run of bytes; resolves at the peer's end of writing and rejects when the
 * stream is reset. Must be called before control returns to the event loop after the stream appeared.
 */
export function receive (stream, onPart) {
  return new Promise((resolve, reject) => {
    const finished = () => {
      if (stream.status === 'reset' || stream.status === 'aborted') {
        reject(new Error(`stream was ${stream.status}`))
      } else {
        resolve()
      }
    }
    stream.addEventListener('end', finished)
    stream.addEventListener('close', finished)
    stream.addEventListener('message', ({ data }) => {
      try {
        for (const part of data instanceof Uint8Array ? [data] : data) onPart(part)
      } catch (error) {
        stream.abort(error)
        reject(error)
      }
    })
    if (stream.readableEnded) finished()
  })
}

/** Sends all chunks, no faster than the peer takes them, and leaves the stream open for writing. */
export async function send (stream, chunks) {
  for (const chunk of chunks) {
    if (!stream.send(chunk)) await stream.onDrain()
  }
}

/** Collects at most `limit` bytes until the peer's end of writing. */
export async function receiveAll (stream, limit) {
  const parts = []
  let length = 0
  await receive(stream, part => {
    length += part.byteLength
    if (length > limit) throw new Error(`peer sent more than the ${limit} bytes it may`)
    parts.push(part.slice())
  })
  return Buffer.concat(parts)
}
