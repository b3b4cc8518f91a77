// js against js: shows that the peer itself is sound before another implementation is blamed.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const PEER = fileURLToPath(new URL('./peer.mjs', import.meta.url))
const MIB = 1024 * 1024

class Peer {
  constructor (...args) {
    this.process = spawn(process.execPath, [PEER, ...args, '--lifetime', '120'], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.exited = new Promise(resolve => this.process.on('exit', resolve))
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]()
  }

  /** The next event of one of these kinds; others before it are dropped. */
  async next (...kinds) {
    for (;;) {
      const { value, done } = await this.lines.next()
      assert.ok(!done, `the peer ended before ${kinds}`)
      const event = JSON.parse(value)
      if (kinds.includes(event.event)) return event
    }
  }

  async probe (command) {
    this.process.stdin.write(command + '\n')
    return await this.next('done', 'failed')
  }

  async end () {
    this.process.stdin.end()
    return await this.exited
  }
}

for (const security of ['tls', 'noise']) {
  test(`every probe holds between two js peers over ${security}`, { timeout: 120_000 }, async () => {
    const listener = new Peer('listen', '--security', security)
    const { multiaddrs, peerId } = await listener.next('ready')
    const dialler = new Peer('dial', multiaddrs[0], '--security', security)
    try {
      assert.equal((await dialler.next('connected')).peerId, peerId)
      for (const command of ['ping count=2', 'identify', 'echo', 'parallel streams=100', 'half-close',
        'reset by=peer', 'reset by=us', 'unsupported', `perf up=${MIB} down=${MIB} streams=3`,
        `sink bytes=${64 * MIB}`, `source bytes=${64 * MIB}`, 'sink bytes=0', 'source bytes=0']) {
        const result = await dialler.probe(command)
        assert.equal(result.event, 'done', `${command}: ${JSON.stringify(result)}`)
        if (command === 'reset by=us') await listener.next('reset-seen')
        if (command === 'half-close') assert.equal((await listener.next('half-closed')).sha256, result.sha256)
      }
      assert.equal((await dialler.probe('no-such-probe')).event, 'failed')
    } finally {
      assert.equal(await dialler.end(), 0)
      assert.equal(await listener.end(), 0)
    }
  })

  test(`a wrong peer id is refused over ${security}`, { timeout: 60_000 }, async () => {
    const listener = new Peer('listen', '--security', security)
    const stranger = new Peer('listen', '--security', security)
    try {
      const { multiaddrs } = await listener.next('ready')
      const { peerId } = await stranger.next('ready')
      const dialler = new Peer('dial', multiaddrs[0].replace(/[^/]+$/, peerId), '--security', security)
      await dialler.next('dial-failed')
      assert.equal(await dialler.exited, 1)
    } finally {
      await listener.end()
      await stranger.end()
    }
  })
}
