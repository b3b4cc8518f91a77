// Nodes of a DHT by js-libp2p for interoperation tests, several in one process. See README.md for its command line.
import './polyfill.mjs' // before libp2p: modules are evaluated in the order of their imports
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { noise } from '@libp2p/noise'
import { identify } from '@libp2p/identify'
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { peerIdFromString } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { CID } from 'multiformats/cid'

/** Nothing of ours runs for longer; a forgotten process ends by itself. */
const DEFAULT_LIFETIME_SECONDS = 600

/** For one command. */
const LIMIT_MILLIS = 60_000

function report (event, fields = {}) {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n')
}

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '5' },
    protocol: { type: 'string', default: '/flowshield/kad/1.0.0' },
    lifetime: { type: 'string', default: String(DEFAULT_LIFETIME_SECONDS) }
  }
})

/** Of several values the greatest wins, octet by octet. */
function greatest (key, records) {
  let best = 0
  records.forEach((record, i) => {
    if (Buffer.compare(record, records[best]) > 0) best = i
  })
  return best
}

function create () {
  return createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: {
      identify: identify(),
      ping: ping(),
      dht: kadDHT({
        protocol: values.protocol,
        clientMode: false,
        peerInfoMapper: passthroughMapper,
        validators: { v: async () => {} },
        selectors: { v: greatest }
      })
    },
    // One host plays many here; the default of five connections per second and address would refuse it.
    connectionManager: { inboundConnectionThreshold: 1000 }
  })
}

const text = new TextEncoder()

const commands = {
  async connect (node, { address }) {
    await node.dial(multiaddr(address))
    return {}
  },

  /** How many peers are in the routing table. */
  async table (node) {
    return { size: node.services.dht.routingTable.size }
  },

  async put (node, { key, value }) {
    await node.contentRouting.put(text.encode(key), text.encode(value), { signal: AbortSignal.timeout(LIMIT_MILLIS) })
    return {}
  },

  async get (node, { key }) {
    const value = await node.contentRouting.get(text.encode(key), { signal: AbortSignal.timeout(LIMIT_MILLIS) })
    return { value: new TextDecoder().decode(value) }
  },

  async provide (node, { cid }) {
    await node.contentRouting.provide(CID.parse(cid), { signal: AbortSignal.timeout(LIMIT_MILLIS) })
    return {}
  },

  async 'find-providers' (node, { cid }) {
    const providers = []
    for await (const provider of node.contentRouting.findProviders(CID.parse(cid), { signal: AbortSignal.timeout(LIMIT_MILLIS) })) {
      providers.push(provider.id.toString())
    }
    return { providers }
  },

  async 'find-peer' (node, { peer }) {
    const found = await node.peerRouting.findPeer(peerIdFromString(peer), { signal: AbortSignal.timeout(LIMIT_MILLIS) })
    return { multiaddrs: found.multiaddrs.map(String) }
  }
}

/** `name node=0 key=value ...` */
function parseCommand (line) {
  const [name, ...pairs] = line.trim().split(/\s+/)
  return { name, options: Object.fromEntries(pairs.map(pair => pair.split('='))) }
}

setTimeout(() => {
  report('expired', { seconds: Number(values.lifetime) })
  process.exit(4)
}, Number(values.lifetime) * 1000).unref()

const nodes = await Promise.all(Array.from({ length: Number(values.nodes) }, create))
report('ready', { nodes: nodes.map(node => ({ peerId: node.peerId.toString(), multiaddr: String(node.getMultiaddrs()[0]) })) })

for await (const line of createInterface({ input: process.stdin })) {
  const { name, options } = parseCommand(line)
  try {
    if (!Object.hasOwn(commands, name)) throw new Error(`no such command; there are: ${Object.keys(commands).join(' ')}`)
    report('done', { probe: name, ...await commands[name](nodes[Number(options.node)], options) })
  } catch (error) {
    report('failed', { probe: name, error: error.name, message: error.message })
  }
}
await Promise.all(nodes.map(node => node.stop()))
process.exit(0)
