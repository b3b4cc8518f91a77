// What `dial` can be told to do, one function for each command; each returns what to report or throws.
import { content, contentHash, Digest, zeros } from './content.mjs'
import { DEAF, ECHO, PERF, RESET, RESET_BY_OPENER, RESET_BY_SERVER, SINK, SOURCE } from './served.mjs'
import { receive, receiveAll, send } from './streams.mjs'

/** js-libp2p opens at most 64 streams of a protocol by default; the tests want 100. */
const OPEN = { maxOutboundStreams: 512 }
const MIB = 1024 * 1024

export const probes = { ping, identify, sink, source, echo, parallel, 'half-close': halfClose, reset, unsupported, perf }

async function ping ({ node, connection }, { count = 3 }) {
  const rtts = []
  for (let i = 0; i < count; i++) rtts.push(await node.services.ping.ping(connection.remotePeer))
  return { rtt_ms: rtts }
}

async function identify ({ node, connection }) {
  return identified(await node.services.identify.identify(connection))
}

/** The answer of identify as plain JSON. */
export function identified (answer) {
  return {
    peerId: answer.peerId.toString(),
    agent: answer.agentVersion,
    protocolVersion: answer.protocolVersion,
    protocols: answer.protocols,
    listenAddresses: answer.listenAddrs.map(String),
    observedAddress: answer.observedAddr?.toString() ?? null,
    // js-libp2p has verified the envelope's signature and its peer id when this is present.
    signedAddresses: answer.signedPeerRecord?.addresses.map(String) ?? null
  }
}

async function sink ({ connection }, { bytes = 64 * MIB, seed = 1 }) {
  const stream = await connection.newStream(SINK, OPEN)
  const answer = receiveAll(stream, 40)
  const digest = new Digest()
  await send(stream, hashed(content(bytes, seed), digest))
  await stream.close()
  const got = await answer
  const sha256 = digest.finish()
  expect(got.length === 40, `the sink answered ${got.length} bytes`)
  expect(got.readBigUInt64BE() === BigInt(bytes), `the sink counted ${got.readBigUInt64BE()} bytes`)
  expect(sha256.equals(got.subarray(8)), 'the sink has another hash')
  return { bytes, sha256: sha256.toString('hex') }
}

async function source ({ connection }, { bytes = 64 * MIB, seed = 1 }) {
  const stream = await connection.newStream(SOURCE, OPEN)
  const digest = new Digest()
  const ended = receive(stream, part => digest.add(part))
  const wish = Buffer.alloc(16)
  wish.writeBigUInt64BE(BigInt(bytes))
  wish.writeBigUInt64BE(BigInt(seed), 8)
  await send(stream, [wish])
  await stream.close()
  await ended
  const sha256 = digest.finish()
  expect(digest.bytes === bytes, `the source sent ${digest.bytes} bytes`)
  expect(sha256.equals(contentHash(bytes, seed)), 'what the source sent has another hash')
  return { bytes, sha256: sha256.toString('hex') }
}

async function echo ({ connection }, { bytes = MIB, seed = 1 }) {
  return echoOn(await connection.newStream(ECHO, OPEN), bytes, seed)
}

/** Opens all streams before the first byte, then echoes different content on each. */
async function parallel ({ connection }, { streams = 100, bytes = 256 * 1024 }) {
  const open = await Promise.all(Array.from({ length: streams }, () => connection.newStream(ECHO, OPEN)))
  await Promise.all(open.map((stream, i) => echoOn(stream, bytes, i)))
  return { streams, bytes: streams * bytes }
}

async function echoOn (stream, bytes, seed) {
  const digest = new Digest()
  const ended = receive(stream, part => digest.add(part))
  await send(stream, content(bytes, seed))
  await stream.close()
  await ended
  expect(digest.bytes === bytes, `the echo of ${bytes} bytes has ${digest.bytes}`)
  expect(digest.finish().equals(contentHash(bytes, seed)), 'the echo has another hash')
  return { bytes }
}

/** The peer ends its side first; ours must still be able to write. */
async function halfClose ({ connection }, { bytes = MIB, seed = 1 }) {
  const stream = await connection.newStream(DEAF, OPEN)
  let received = 0
  await receive(stream, part => { received += part.byteLength })
  const digest = new Digest()
  await send(stream, hashed(content(bytes, seed), digest))
  await stream.close()
  expect(received === 0, `the peer closed its side yet sent ${received} bytes`)
  return { bytes: digest.bytes, sha256: digest.finish().toString('hex') }
}

async function reset ({ connection }, { by = 'peer' }) {
  const stream = await connection.newStream(RESET, OPEN)
  if (by === 'us') {
    const answered = new Promise((resolve, reject) => receive(stream, resolve).catch(reject))
    await send(stream, [Buffer.of(RESET_BY_OPENER)])
    await answered
    stream.abort(new Error('reset by probe'))
    return { status: stream.status }
  }
  const ended = receive(stream, () => {})
  await send(stream, [Buffer.of(RESET_BY_SERVER)])
  await ended.then(() => { throw new Error('the peer closed the stream instead of resetting it') }, () => {})
  expect(stream.status === 'reset', `the stream is ${stream.status}, not reset`)
  return { status: stream.status }
}

async function unsupported ({ connection }) {
  try {
    const stream = await connection.newStream(['/flowshield/interop/nobody-speaks-this/1.0.0'], { negotiateFully: true })
    stream.abort(new Error('unexpected'))
  } catch (error) {
    return { error: error.name }
  }
  throw new Error('the peer agreed to a protocol that it cannot know')
}

/** Moves `up` and `down` bytes over each of `streams` streams; seconds is the time for all of them. */
async function perf ({ connection }, { up = 0, down = 0, streams = 1 }) {
  const begin = process.hrtime.bigint()
  await Promise.all(Array.from({ length: streams }, () => perfOn(connection, up, down)))
  return { up, down, streams, seconds: Number(process.hrtime.bigint() - begin) / 1e9 }
}

async function perfOn (connection, up, down) {
  const stream = await connection.newStream(PERF, OPEN)
  let received = 0
  const ended = receive(stream, part => { received += part.byteLength })
  const head = Buffer.alloc(8)
  head.writeBigUInt64BE(BigInt(down))
  await send(stream, [head])
  await send(stream, zeros(up))
  await stream.close()
  await ended
  expect(received === down, `perf asked for ${down} bytes and got ${received}`)
}

function * hashed (chunks, digest) {
  for (const chunk of chunks) {
    digest.add(chunk)
    yield chunk
  }
}

function expect (holds, message) {
  if (!holds) throw new Error(message)
}
