// A node by js-libp2p that looks for others in its network: says `ready ID`, and `found ID ADDRESSES` for each. Ends with its input.
import './polyfill.mjs' // before libp2p: modules are evaluated in the order of their imports
import { mdns } from '@libp2p/mdns'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'

const node = await createLibp2p({
  addresses: { listen: [process.argv[2]] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  peerDiscovery: [mdns({ interval: 1000 })]
})
node.addEventListener('peer:discovery', ({ detail }) => {
  console.log(`found ${detail.id} ${detail.multiaddrs.join(' ')}`)
})
console.log(`ready ${node.peerId}`)
process.stdin.on('end', async () => {
  await node.stop()
  process.exit()
})
process.stdin.resume()
