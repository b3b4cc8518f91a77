// A js-libp2p node that takes part in gossipsub, for interoperation tests. See README.md for its command line.
import './polyfill.mjs' // before libp2p: modules are evaluated in the order of their imports
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { gossipsub } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { send } from './streams.mjs'

const DEFAULT_LIFETIME_SECONDS = 600
const POLL_MILLIS = 50

function report (event, fields = {}) {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n')
}

/** Sequence numbers have 64 bits, the most significant first. */
function seqnoBytes (seqno) {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(seqno))
  return bytes
}

/** The specification's message id: author and sequence number. js-libp2p's own begins with the key instead. */
function messageId (message) {
  return Buffer.concat([message.from.toMultihash().bytes, seqnoBytes(message.sequenceNumber)])
}

// ---- messages by hand: what no implementation would send ----

function uvarint (value) {
  const bytes = []
  for (; value >= 128; value >>>= 7) bytes.push((value & 127) | 128)
  return Buffer.from([...bytes, value])
}

/** A length-delimited field, or nothing. */
function field (number, bytes) {
  return bytes == null ? Buffer.alloc(0) : Buffer.concat([uvarint(number << 3 | 2), uvarint(bytes.length), bytes])
}

function signedPart ({ from, data, seqno, topic }) {
  return Buffer.concat([field(1, from), field(2, data), field(3, seqno), field(4, Buffer.from(topic))])
}

async function sign (key, message) {
  return Buffer.from(await key.sign(Buffer.concat([Buffer.from('libp2p-pubsub:'), signedPart(message)])))
}

function frame (message) {
  const rpc = field(2, Buffer.concat([signedPart(message), field(5, message.signature), field(6, message.key)]))
  return Buffer.concat([uvarint(rpc.length), rpc])
}

/** One message of each kind that must be refused; the last one is in order. */
async function forgeries (key, topic) {
  const stranger = await generateKeyPair('Ed25519')
  const id = k => Buffer.from(k.publicKey.toMultihash().bytes)
  const keyOf = k => Buffer.concat([Buffer.from([8, 1, 0x12, 0x20]), Buffer.from(k.publicKey.raw)])
  const good = async (data, seqno) => {
    const message = { from: id(key), data: Buffer.from(data), seqno: seqnoBytes(seqno), topic }
    return { ...message, signature: await sign(key, message) }
  }
  const strange = { from: id(stranger), data: Buffer.from('forged: stranger'), seqno: seqnoBytes(5), topic }
  return {
    changed: { ...await good('good', 1), data: Buffer.from('forged: changed') },
    unsigned: { ...await good('forged: unsigned', 2), signature: null },
    'no-seqno': { ...await good('forged: no seqno', 3), seqno: null },
    'no-author': { ...await good('forged: no author', 4), from: null },
    'not-its-author': { ...strange, signature: await sign(key, strange) },
    'not-its-key': { ...strange, signature: await sign(key, strange), key: keyOf(key) },
    genuine: await good('genuine', 7)
  }
}

// ---- what the node can be told to do ----

const commands = {
  async publish ({ node, topic }, { data }) {
    const { recipients } = await node.services.pubsub.publish(topic, Buffer.from(data))
    return { recipients: recipients.length }
  },

  /** Waits until so many peers are in the mesh. */
  async mesh ({ node, topic }, { count }) {
    while (node.services.pubsub.getMeshPeers(topic).length < count) {
      await new Promise(resolve => setTimeout(resolve, POLL_MILLIS))
    }
    return { peers: node.services.pubsub.getMeshPeers(topic) }
  },

  /** Sends one forged message by a stream of its own. */
  async forge ({ node, topic, key }, { kind }) {
    const [connection] = node.getConnections()
    const stream = await connection.newStream('/meshsub/1.1.0')
    await send(stream, [frame((await forgeries(key, topic))[kind])])
    return { kind }
  },

  async score ({ node }, { peer }) {
    return { score: node.services.pubsub.getScore(peer) }
  }
}

async function main () {
  const { values } = parseArgs({
    options: {
      topic: { type: 'string', default: 'news' },
      dial: { type: 'string', multiple: true, default: [] },
      lifetime: { type: 'string', default: String(DEFAULT_LIFETIME_SECONDS) }
    }
  })
  const giveUp = setTimeout(() => process.exit(4), Number(values.lifetime) * 1000)
  giveUp.unref()
  const key = await generateKeyPair('Ed25519')
  const node = await createLibp2p({
    privateKey: key,
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify(), pubsub: gossipsub({ msgIdFn: messageId, allowPublishToZeroTopicPeers: true }) },
    connectionManager: { inboundConnectionThreshold: 1000 }
  })
  const { pubsub } = node.services
  pubsub.addEventListener('message', ({ detail: message }) => report('message', {
    topic: message.topic,
    from: message.from.toString(),
    seqno: String(message.sequenceNumber),
    data: Buffer.from(message.data).toString()
  }))
  pubsub.subscribe(values.topic)
  report('ready', { peerId: node.peerId.toString(), multiaddrs: node.getMultiaddrs().map(String) })
  for (const address of values.dial) await node.dial(multiaddr(address))
  report('dialled')
  for await (const line of createInterface({ input: process.stdin })) {
    const [name, ...pairs] = line.trim().split(/\s+/)
    const options = Object.fromEntries(pairs.map(pair => pair.split(/=(.*)/s).slice(0, 2)))
    try {
      report('done', await commands[name]({ node, key, topic: values.topic }, options))
    } catch (error) {
      report('failed', { name, error: error.name, message: error.message })
    }
  }
  await node.stop()
  process.exit(0)
}

await main()
