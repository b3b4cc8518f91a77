// A js-libp2p peer for interoperation tests and benchmarks. See README.md for its command line.
import './polyfill.mjs' // before libp2p: modules are evaluated in the order of their imports
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { noise } from '@libp2p/noise'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { identified, probes } from './probes.mjs'
import { serve } from './served.mjs'

const USAGE = `usage:
  node peer.mjs listen [--security tls|noise] [--address MULTIADDR] [--lifetime SECONDS]
  node peer.mjs dial MULTIADDR [--security tls|noise] [--lifetime SECONDS]
`

/** Nothing of ours runs for longer; a forgotten process ends by itself. */
const DEFAULT_LIFETIME_SECONDS = 600

function report (event, fields = {}) {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n')
}

function usage (message) {
  process.stderr.write(`${message}\n${USAGE}`)
  process.exit(2)
}

function parse () {
  let parsed
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        security: { type: 'string', default: 'tls' },
        address: { type: 'string', default: '/ip4/127.0.0.1/tcp/0' },
        lifetime: { type: 'string', default: String(DEFAULT_LIFETIME_SECONDS) }
      }
    })
  } catch (error) {
    usage(error.message)
  }
  const { values, positionals: [mode, target, ...rest] } = parsed
  if (!['listen', 'dial'].includes(mode) || rest.length > 0) usage('say listen or dial')
  if ((mode === 'dial') !== (target !== undefined)) usage('dial takes one address, listen none')
  if (!['tls', 'noise'].includes(values.security)) usage('--security is tls or noise')
  const lifetime = Number(values.lifetime)
  if (!(lifetime > 0)) usage('--lifetime is a number of seconds')
  return { mode, target, security: values.security, address: values.address, lifetime }
}

function create ({ mode, security, address }) {
  return createLibp2p({
    addresses: { listen: mode === 'listen' ? [address] : [] },
    transports: [tcp()],
    connectionEncrypters: [security === 'tls' ? tls() : noise()],
    streamMuxers: [yamux()],
    // A stream that is closing counts for a moment longer, and the next ping does not wait for it.
    services: { identify: identify(), ping: ping({ maxOutboundStreams: 8 }) },
    // One host plays many here; the default of five connections per second and address would refuse it.
    connectionManager: { inboundConnectionThreshold: 1000 }
  })
}

function reportEvents (node) {
  node.addEventListener('connection:open', ({ detail: connection }) => report('connected', {
    peerId: connection.remotePeer.toString(),
    remoteAddress: connection.remoteAddr.toString(),
    direction: connection.direction,
    security: connection.encryption,
    muxer: connection.multiplexer
  }))
  node.addEventListener('connection:close', ({ detail: connection }) =>
    report('disconnected', { peerId: connection.remotePeer.toString() }))
  node.addEventListener('peer:identify', ({ detail }) => report('identified', identified(detail)))
}

/** `name key=value ...`; values that look like numbers are numbers. */
function parseCommand (line) {
  const [name, ...pairs] = line.trim().split(/\s+/)
  const options = Object.fromEntries(pairs.map(pair => {
    const [key, value] = pair.split('=')
    return [key, /^\d+$/.test(value) ? Number(value) : value]
  }))
  return { name, options }
}

/** Standard input by lines. Readline drops the lines that come before somebody iterates, so call this last. */
function lines () {
  return createInterface({ input: process.stdin })
}

/** Runs one command after the other until stdin ends. */
async function obey (node, connection) {
  for await (const line of lines()) {
    if (line.trim() === '') continue
    const { name, options } = parseCommand(line)
    try {
      if (!Object.hasOwn(probes, name)) throw new Error(`no such probe; there are: ${Object.keys(probes).join(' ')}`)
      report('done', { probe: name, ...await probes[name]({ node, connection }, options) })
    } catch (error) {
      report('failed', { probe: name, error: error.name, message: error.message })
    }
  }
}

async function main () {
  const options = parse()
  const giveUp = setTimeout(() => {
    report('expired', { seconds: options.lifetime })
    process.exit(4)
  }, options.lifetime * 1000)
  giveUp.unref()
  const node = await create(options)
  reportEvents(node)
  await serve(node, report)
  report('ready', { peerId: node.peerId.toString(), multiaddrs: node.getMultiaddrs().map(String) })

  if (options.mode === 'listen') {
    for await (const line of lines()) report('failed', { error: 'UsageError', message: `listen takes no commands: ${line}` })
  } else {
    let connection
    try {
      connection = await node.dial(multiaddr(options.target))
    } catch (error) {
      report('dial-failed', { error: error.name, message: error.message, causes: error.errors?.map(String) })
      process.exit(1)
    }
    await obey(node, connection)
  }
  await node.stop()
  process.exit(0)
}

await main()
