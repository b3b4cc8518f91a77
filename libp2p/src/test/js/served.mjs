// The protocols that this peer serves. `report` prints one event as a line of JSON.
import { content, Digest, zeros } from './content.mjs'
import { receive, receiveAll, send } from './streams.mjs'

export const ECHO = '/echo/1.0.0'
export const PERF = '/perf/1.0.0'
/** Opener writes and closes its side; answer: u64 BE count, SHA-256 of what came. */
export const SINK = '/flowshield/interop/sink/1.0.0'
/** Opener writes u64 BE count, u64 BE seed and closes its side; answer: that content. */
export const SOURCE = '/flowshield/interop/source/1.0.0'
/** The server closes its side at once and still reads to the opener's end; reports count and hash. */
export const DEAF = '/flowshield/interop/half-closed/1.0.0'
/** Opener writes one byte, who resets the stream; if it is the opener, the server answers one byte first. */
export const RESET = '/flowshield/interop/reset/1.0.0'
export const RESET_BY_SERVER = 1
export const RESET_BY_OPENER = 2

/** More than the 100 parallel streams of the tests and of the benchmark. */
const MAX_STREAMS = 512

export async function serve (node, report) {
  const handlers = { [ECHO]: echo, [PERF]: perf, [SINK]: sink, [SOURCE]: source, [DEAF]: deaf, [RESET]: reset }
  for (const [protocol, handler] of Object.entries(handlers)) {
    const handle = (stream) => handler(stream, report).catch(error => {
      report('stream-failed', { protocol, error: error.message })
      stream.abort(error)
    })
    await node.handle(protocol, handle, { maxInboundStreams: MAX_STREAMS, maxOutboundStreams: MAX_STREAMS })
  }
}

async function echo (stream) {
  await receive(stream, part => {
    if (!stream.send(part.slice()) && stream.readStatus === 'readable') {
      stream.pause()
      stream.onDrain().then(() => { if (stream.readStatus === 'paused') stream.resume() }, () => {})
    }
  })
  await stream.close()
}

async function perf (stream) {
  const head = Buffer.alloc(8)
  let received = 0
  await receive(stream, part => {
    if (received < head.length) head.set(part.subarray(0, head.length - received), received)
    received += part.byteLength
  })
  if (received < head.length) throw new Error('perf stream ended before its first eight bytes')
  await send(stream, zeros(Number(head.readBigUInt64BE())))
  await stream.close()
}

async function sink (stream, report) {
  const digest = new Digest()
  await receive(stream, part => digest.add(part))
  const answer = Buffer.alloc(40)
  answer.writeBigUInt64BE(BigInt(digest.bytes))
  answer.set(digest.finish(), 8)
  report('sunk', { bytes: digest.bytes, sha256: answer.subarray(8).toString('hex') })
  await send(stream, [answer])
  await stream.close()
}

async function source (stream) {
  const wish = await receiveAll(stream, 16)
  if (wish.length !== 16) throw new Error(`source takes 16 bytes, not ${wish.length}`)
  await send(stream, content(Number(wish.readBigUInt64BE()), wish.readBigUInt64BE(8)))
  await stream.close()
}

async function deaf (stream, report) {
  const digest = new Digest()
  const ended = receive(stream, part => digest.add(part))
  await stream.close()
  await ended
  report('half-closed', { bytes: digest.bytes, sha256: digest.finish().toString('hex') })
}

async function reset (stream, report) {
  try {
    await receive(stream, part => {
      if (part[0] === RESET_BY_SERVER) stream.abort(new Error('reset as asked'))
      else stream.send(part.slice(0, 1))
    })
  } catch (error) {
    report('reset-seen', { status: stream.status })
    return
  }
  report('reset-missing')
  await stream.close()
}
