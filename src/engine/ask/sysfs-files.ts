/** What files under /sys/block/DEV say (block/blk-sysfs.c, drivers/scsi/scsi_sysfs.c), and the timers of transports. */
import { IoQueue } from '../block/io-queue.ts'
import { SCHEDULERS } from '../block/scheduler-names.ts'
import type { QueueLimits } from '../block/limits.ts'
import { transportFile } from '../workload/transport-files.ts'
import { stateName } from './multipath.ts'
import type { MachineView, NodeView } from './machine-view.ts'

const FILE = /^\/sys\/block\/([\w-]+)\/(queue|device)\/(\w+)$/

type Show = (node: NodeView, limits: QueueLimits) => string | number

const QUEUE_FILES: Readonly<Record<string, Show>> = {
  chunk_sectors: (_, limits) => limits.chunkSectors,
  discard_granularity: (_, limits) => limits.discardGranularityBytes,
  discard_max_bytes: (_, limits) => limits.maxDiscardSectors * 512,
  discard_max_hw_bytes: (_, limits) => limits.maxHwDiscardSectors * 512,
  dma_alignment: (_, limits) => limits.dmaAlignment,
  fua: (_, limits) => Number(limits.fua),
  hw_sector_size: (_, limits) => limits.logicalBlockSize,
  logical_block_size: (_, limits) => limits.logicalBlockSize,
  max_discard_segments: (_, limits) => limits.maxDiscardSegments,
  max_hw_sectors_kb: (_, limits) => Math.floor(limits.maxHwSectors / 2),
  max_sectors_kb: (_, limits) => Math.floor(limits.maxSectors / 2),
  max_segment_size: (_, limits) => limits.maxSegmentSize,
  max_segments: (_, limits) => limits.maxSegments,
  minimum_io_size: (_, limits) => limits.ioMinBytes,
  nomerges: ({ queue }) => queue.nomerges,
  nr_requests: ({ queue }) => shownRequests(queue.nrRequests),
  optimal_io_size: (_, limits) => limits.ioOptBytes,
  physical_block_size: (_, limits) => limits.physicalBlockSize,
  read_ahead_kb: ({ readAheadKb }) => readAheadKb,
  rotational: (_, limits) => Number(limits.rotational),
  scheduler: (node) => schedulers(node),
  virt_boundary_mask: (_, limits) => limits.virtBoundaryMask,
  write_cache: (_, limits) => (limits.writeCache ? 'write back' : 'write through'),
  write_zeroes_max_bytes: (_, limits) => limits.maxWriteZeroesSectors * 512,
}

/** BLKDEV_DEFAULT_RQ, which a queue without requests shows. */
const DEFAULT_REQUESTS = 128

export function shownRequests(nrRequests: number): number {
  return nrRequests > 0 ? nrRequests : DEFAULT_REQUESTS
}

/** The one in force in brackets; a bio-based device shows none. */
function schedulers({ queue }: NodeView): string {
  if (!(queue instanceof IoQueue)) return 'none'
  const { mqSchedulers } = queue.m.profile
  const names = queue.kind === 'mq' ? ['none', ...mqSchedulers.filter((name) => name !== 'none')] : LEGACY
  return names.map((name) => (name === queue.scheduler ? `[${name}]` : name)).join(' ')
}

const LEGACY = SCHEDULERS.filter((name) => ['noop', 'deadline', 'cfq'].includes(name))

/** What `cat` prints: the contents, or why there are none. */
export function catText({ nodes }: MachineView, path: string): string {
  const [, name, folder, attribute = ''] = FILE.exec(path) ?? []
  const node = nodes.find((one) => one.name === name && one.disk?.alive !== false)
  const read = folder === 'queue' ? queueFile : deviceFile
  const text = node === undefined ? transportText(nodes, path) : read(node, attribute)
  return text ?? `cat: ${path}: No such file or directory`
}

function transportText(nodes: readonly NodeView[], path: string): string | undefined {
  const file = transportFile(path)
  const disks = nodes.flatMap(({ disk }) => disk ?? [])
  const meant = disks.find(({ name, alive }, place) => alive && file?.isFor(place, name) === true)
  return file && meant?.readTransport(file.attribute)
}

function queueFile(node: NodeView, attribute: string): string | undefined {
  const show = Object.hasOwn(QUEUE_FILES, attribute) ? QUEUE_FILES[attribute] : undefined
  return show === undefined ? undefined : String(show(node, node.queue.limits))
}

function deviceFile({ disk }: NodeView, attribute: string): string | undefined {
  if (disk === undefined) return undefined
  if (attribute === 'state') return stateName(disk.state)
  return attribute === 'queue_depth' ? String(disk.queueDepth) : undefined
}
