/** One end of a two-way wire: what a worker, a port or a test's queue have in common. */
export interface Wire<In, Out> {
  send(message: Out, transfer: ArrayBuffer[]): void
  /** Everything that arrives from now on; one listener. */
  listen(receive: (message: In) => void): void
}

/** What browsers and Node agree on about message ports and workers. */
interface PortLike {
  postMessage(message: unknown, options: { transfer: ArrayBuffer[] }): void
  onmessage: ((this: never, event: MessageEvent) => unknown) | null
}

export function portWire<In, Out>(port: PortLike): Wire<In, Out> {
  return {
    send: (message, transfer) => port.postMessage(message, { transfer }),
    listen: (receive) => {
      port.onmessage = (event) => receive(event.data as In)
    },
  }
}
