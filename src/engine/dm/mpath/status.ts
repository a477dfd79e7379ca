/**
 * What `dmsetup status` and `dmsetup table` print: drivers/md/dm-mpath.c:multipath_status, 2.6.28 to 6.19. Without the
 * trailing blank of the kernel.
 */
import { MpathFlag } from '../../log/index.ts'
import type { Multipath } from './multipath.ts'
import type { PriorityGroup } from './pg-path.ts'

/** STATUSTYPE_INFO */
export function infoLine(m: Multipath): string {
  const words: (string | number)[] = [
    m.table.startSector,
    m.table.sizeSectors,
    'multipath',
    2,
    firstNumber(m),
    m.pgInitCount,
    0,
    m.groups.length,
    shownGroup(m),
  ]
  for (const group of m.groups) {
    const { selector } = group
    words.push(groupLetter(m, group), selector.groupStatus(), group.paths.length, selector.infoArgs)
    for (const path of group.paths) {
      words.push(path.device.dev, path.isActive ? 'A' : 'F', path.failCount, selector.infoOf(path))
    }
  }
  return line(words)
}

/** The count of queued I/Os in older kernels, else the flag QUEUE_IO. */
function firstNumber(m: Multipath): number {
  if (m.m.profile.statusFirst === 'queue-size') return m.host.queuedIos
  return m.has(MpathFlag.queue_io) ? 1 : 0
}

/** STATUSTYPE_TABLE */
export function tableLine(m: Multipath): string {
  const features = featureWords(m)
  const words: (string | number)[] = [
    m.table.startSector,
    m.table.sizeSectors,
    'multipath',
    features.length,
    ...features,
    m.hwHandler === undefined ? '0' : `1 ${m.hwHandler}`,
    m.groups.length,
    shownGroup(m),
  ]
  for (const { selector, paths } of m.groups) {
    words.push(selector.name, selector.groupStatus(), paths.length, selector.tableArgs)
    for (const path of paths) words.push(path.device.dev, selector.tableOf(path))
  }
  return line(words)
}

/** In the fixed order of the kernel, not of the table that was loaded. */
function featureWords(m: Multipath): string[] {
  const words: string[] = []
  if (m.has(MpathFlag.queue_if_no_path)) words.push('queue_if_no_path')
  if (m.table.pgInitRetries > 0) words.push('pg_init_retries', String(m.table.pgInitRetries))
  if (m.m.profile.pgInitDelay === 'as-asked' && m.table.pgInitDelayMsecs !== undefined)
    words.push('pg_init_delay_msecs', String(m.table.pgInitDelayMsecs))
  const { retainHandler, featureWords, printsQueueModeMq } = m.m.profile
  if (m.has(MpathFlag.retain_attached_hw_handler) && retainHandler !== 'always-unprinted')
    words.push('retain_attached_hw_handler')
  if (!featureWords.includes('queue_mode')) return words
  if (m.queueMode === 'bio') words.push('queue_mode', 'bio')
  else if (m.table.upperQueue === 'mq' && printsQueueModeMq) words.push('queue_mode', 'mq')
  return words
}

function shownGroup(m: Multipath): number {
  const [first, second] = m.m.profile.nextPgFirst
    ? [m.nextGroup, m.currentGroup]
    : [m.currentGroup, m.nextGroup]
  return (first ?? second)?.number ?? 1
}

function groupLetter(m: Multipath, group: PriorityGroup): string {
  if (group.bypassed) return 'D'
  return group === m.currentGroup ? 'A' : 'E'
}

function line(words: readonly (string | number)[]): string {
  return words.filter((word) => word !== '').join(' ')
}
