/** The kernels of the engine, each with what sets it apart for multipath, in one line. */
export const ERAS: readonly (readonly [kernel: string, about: string])[] = [
  ['2.6.28', 'bios only, before requests; each queue plugs itself; round-robin alone'],
  ['3.6', 'requests only: each is cloned whole, on the single-queue block layer'],
  ['4.3', 'requests only; bios of any size are cut in the queue, each cut copies what is left'],
  ['4.4', 'requests only; dm may sit on blk-mq, which has no scheduler yet'],
  ['4.8', 'bio-based is back beside requests; path choice per bio'],
  ['4.14', 'what a path answers to a clone stays with the path: merging in dm starves'],
  ['4.20', 'bio-based keeps one path until it is lost; last with the single queue elsewhere'],
  ['5.4', 'blk-mq alone; bio-based still keeps one path until it is lost'],
  ['5.10', 'each bio chooses again; historical-service-time; plugs of one queue'],
  ['5.15', 'plugs of 16 that count for all queues; io-affinity'],
  ['6.1', 'plugs of 32, newest issued first'],
  ['6.12', 'plug around every bio, oldest first: Debian 13, the traced kernel'],
  ['6.19', 'larger commands by default; noflush lasts until the resume'],
]
export const SELECTORS: readonly (readonly [name: string, about: string])[] = [
  ['round-robin', 'the paths take turns'],
  ['queue-length', 'the path with the fewest I/Os in flight'],
  ['service-time', 'the path with the fewest bytes in flight'],
  ['historical-service-time', 'the path that was fast lately'],
  ['io-affinity', 'the path of the CPU at work'],
]
export const SCHEDULERS: readonly string[] = [
  'none',
  'mq-deadline',
  'kyber',
  'bfq',
  'noop',
  'deadline',
  'cfq',
]
