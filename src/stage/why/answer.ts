/**
 * What an answer to "why?" is: the rule in a sentence or two, the kernel's function for it, in which versions it was
 * read, and where from. Nothing here is computed from a run; every statement stands in the reference that the engine
 * was written from (kernel-model, by section), and versions are those in which it was read there.
 */
import type { QueueMode } from '../../engine/log/index.ts'
import type { SimplificationKey } from '../simplifications.ts'

/** Kernels of the engine, oldest first; tests/why.test.ts holds this list against the engine's. */
export const KERNEL_NAMES = [
  '2.6.28',
  '3.6',
  '4.3',
  '4.4',
  '4.8',
  '4.14',
  '4.20',
  '5.4',
  '5.10',
  '5.15',
  '6.1',
  '6.12',
  '6.19',
] as const
export type KernelName = (typeof KERNEL_NAMES)[number]

/** A function of the kernel, and between which versions it was read (both included). */
export interface KernelFunction {
  readonly name: string
  readonly file: string
  readonly from: KernelName
  readonly to: KernelName
}

/** What kind of figure or statement it is that was asked about. */
export type Honesty =
  /** A rule of the kernel, read in its sources. */
  | 'rule'
  /** Counted in the run that is shown. */
  | 'simulated'
  /** Times a figure that was measured on a kernel. */
  | 'measured'
  /** Somebody's published number. */
  | 'published'

export interface Published {
  readonly text: string
  readonly source: string
}

export interface Answer {
  readonly title: string
  readonly rule: string
  readonly where: readonly KernelFunction[]
  /** Sections of kernel-model. */
  readonly section: string
  readonly commit?: string
  readonly honesty: Honesty
  readonly published?: Published
  readonly simplified?: readonly SimplificationKey[]
  /** Where it holds in these modes alone. */
  readonly modes?: readonly QueueMode[]
}

/** The answer for a kind of event: a rule of the kernel, whose title is the event's name. */
export type EventAnswer = Omit<Answer, 'title' | 'honesty'>

/** `fn('dm-mpath.c:choose_pgpath', '4.8', '6.19')` */
export function fn(place: string, from: KernelName, to: KernelName): KernelFunction {
  const [file = '', name = ''] = place.split(':')
  return { name, file: FOLDERS[file] === undefined ? file : `${FOLDERS[file]}/${file}`, from, to }
}

/** An answer that states a rule of the kernel. */
export function rule(
  title: string,
  text: string,
  section: string,
  where: Answer['where'],
  more: Partial<Answer> = {},
): Answer {
  return { title, rule: text, section, where, honesty: 'rule', ...more }
}

/** Where files of the kernel lie. */
const FOLDERS: Readonly<Record<string, string>> = {
  'dm.c': 'drivers/md',
  'dm-rq.c': 'drivers/md',
  'dm-mpath.c': 'drivers/md',
  'dm-table.c': 'drivers/md',
  'dm-ps-round-robin.c': 'drivers/md',
  'dm-ps-queue-length.c': 'drivers/md',
  'dm-ps-service-time.c': 'drivers/md',
  'dm-ps-historical-service-time.c': 'drivers/md',
  'dm-ps-io-affinity.c': 'drivers/md',
  'dm-round-robin.c': 'drivers/md',
  'dm-queue-length.c': 'drivers/md',
  'dm-service-time.c': 'drivers/md',
  'bio.c': 'block',
  'blk-core.c': 'block',
  'blk-flush.c': 'block',
  'blk-merge.c': 'block',
  'blk-mq.c': 'block',
  'blk-mq-sched.c': 'block',
  'blk-settings.c': 'block',
  'elevator.c': 'block',
  'mq-deadline.c': 'block',
  'deadline-iosched.c': 'block',
  'cfq-iosched.c': 'block',
  'scsi_lib.c': 'drivers/scsi',
  'scsi_error.c': 'drivers/scsi',
  'scsi_transport_fc.c': 'drivers/scsi',
  'scsi_dh_alua.c': 'drivers/scsi/device_handler',
  'blk_types.h': 'include/linux',
  'core.c': 'drivers/nvme/host',
  'multipath.c': 'drivers/nvme/host',
}

export function kernelIndex(kernel: string): number {
  return KERNEL_NAMES.indexOf(kernel as KernelName)
}

export function wasReadIn({ from, to }: KernelFunction, kernel: string): boolean {
  const at = kernelIndex(kernel)
  return kernelIndex(from) <= at && at <= kernelIndex(to)
}
