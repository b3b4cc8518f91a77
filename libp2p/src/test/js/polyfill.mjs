// js-libp2p 3 calls Promise.withResolvers, which Node has since version 22; Debian 12 users have Node 20.
Promise.withResolvers ??= function () {
  let resolve, reject
  const promise = new this((yes, no) => { resolve = yes; reject = no })
  return { promise, resolve, reject }
}
