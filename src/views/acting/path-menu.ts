/** What can be done to a path: its cable and its disk, what multipath thinks of it, its queue, its place in the table. */
import { type ActStep, reloadWithoutPath } from '../../commands/index.ts'
import { DeviceState, type DeviceInfo } from '../../engine/log/index.ts'
import { deviceNow, type DeviceNow } from './device-now.ts'
import type { Entry, Form, MenuPage } from './menu.ts'
import { queueEntries } from './queue-menu.ts'
import type { Ground } from './ground.ts'

const MAX_SECTOR = 2 ** 40

export function pathPage(ground: Ground, dev: number): MenuPage {
  const { record, picture } = ground
  const disk = diskUnder(ground, dev)
  const info = record.header.devices[disk]
  const path = record.header.devices[dev]
  if (info === undefined || path === undefined) return { title: 'nothing here', about: '', sections: [] }
  const now = deviceNow(record, picture, disk)
  const onPath = disk === dev ? now : deviceNow(record, picture, dev)
  const queue: Entry = {
    label: `Queue of ${info.name}`,
    about: 'scheduler, nr_requests, max_sectors_kb',
    page: {
      title: `queue of ${info.name}`,
      about: `/sys/block/${info.name}/queue`,
      sections: [queueEntries(info, now, ground.record.header.kernel)],
    },
  }
  return {
    title: path.name,
    about: aboutPath(ground, path, onPath, now),
    sections: [
      diskEntries(info, now, ground),
      multipathEntries(ground, path, onPath),
      [queue, { label: `Look inside the queue`, about: 'its lists, its tags', deed: 'zoom' }],
    ],
  }
}

export function diskUnder({ record }: Ground, dev: number): number {
  const { devices } = record.header
  let at = dev
  for (let below = devices[at]?.below[0]; below !== undefined; below = devices[at]?.below[0]) at = below
  return at
}

function aboutPath(
  { record }: Ground,
  { major, minor }: DeviceInfo,
  path: DeviceNow,
  disk: DeviceNow,
): string {
  const group = record.header.paths.find(({ dev }) => record.header.devices[dev]?.minor === minor)?.group
  const words = [`${major}:${minor}`]
  if (path.active !== undefined) words.push(path.active ? 'active' : 'failed')
  if (group !== undefined && record.header.paths.some((other) => other.group !== group))
    words.push(`group ${group}`)
  if (disk.cable === 'out') words.push('cable cut')
  if (disk.factor !== 1) words.push(`takes × ${disk.factor}`)
  return words.join(' · ')
}

/** The cable as one entry: cut, or plugged in again. */
export function cableEntry({ name, driver }: DeviceInfo, { cable }: Pick<DeviceNow, 'cable'>): Entry {
  const out = cable === 'out'
  const entry: Entry = {
    label: out ? `Plug the cable of ${name} in` : `Cut the cable of ${name}`,
    steps: [{ link: { device: name, up: out } }],
    tone: out ? 'good' : 'bad',
  }
  return driver === 'null_blk' ? { ...entry, why: 'null_blk is memory: it has no cable' } : entry
}

function diskEntries(info: DeviceInfo, now: DeviceNow, ground: Ground): Entry[] {
  const { name } = info
  const scsi = info.driver === 'scsi_debug'
  const gone = now.state === DeviceState.deleted
  const offline = now.state === DeviceState.offline
  const noFile = scsi ? {} : { why: `/sys/block/${name}/device has this only for SCSI disks` }
  const noAccident = accidents(info)
  const busy = now.queueDepth === 1
  const entries: Entry[] = [
    cableEntry(info, now),
    {
      label: 'Slow it down',
      about: now.factor === 1 ? 'everything takes so many times as long' : `now × ${now.factor}`,
      page: slowPage(name, now.factor),
    },
    {
      label: busy ? 'Let it take more at once' : 'Make it busy',
      steps: [depthStep(name, busy ? Math.max(2, info.queueDepth) : 1)],
      ...(busy && info.queueDepth === 1 ? { why: 'the file gives it a queue_depth of 1' } : noFile),
    },
    mediumEntry(info, ground, 'Medium error'),
    {
      label: now.hung ? 'Let it answer again' : 'Hang: no more answers',
      steps: [{ hang: { device: name, hung: !now.hung, abort: 'ok' } }],
      ...noAccident,
    },
    {
      label: offline ? 'Take it back: running' : 'Take it offline',
      steps: [{ sysfs: `/sys/block/${name}/device/state`, value: offline ? 'running' : 'offline' }],
      ...noFile,
    },
    { label: 'Delete the disk', steps: [{ sysfs: `/sys/block/${name}/device/delete`, value: 1 }], ...noFile },
  ]
  return gone
    ? entries.map((entry) => ({ ...entry, why: `${name} is deleted; a scan finds it again` }))
    : entries
}

function depthStep(name: string, depth: number): ActStep {
  return { sysfs: `/sys/block/${name}/device/queue_depth`, value: depth }
}

function slowPage(name: string, factor: number): MenuPage {
  const entry = (times: number, label: string): Entry => ({
    label,
    steps: [{ service: { device: name, factor: times } }],
    checked: factor === times,
  })
  return {
    title: `pace of ${name}`,
    about: 'how long each command takes in the device',
    sections: [
      [
        entry(1, 'As written'),
        entry(2, '2 times as long'),
        entry(10, '10 times as long'),
        entry(100, '100 times as long'),
      ],
    ],
  }
}

function accidents({ driver }: DeviceInfo): Pick<Entry, 'why'> {
  return driver === 'null_blk' ? { why: 'null_blk is memory: nothing happens to it' } : {}
}

export function mediumEntry(info: DeviceInfo, ground: Ground, label: string): Entry {
  const about = 'the next commands to some sectors fail'
  return { label, about, form: mediumForm(info, ground), ...accidents(info) }
}

/** The error's range is that of the I/O at hand, else the first that the lane has used. */
function mediumForm({ name, driver }: DeviceInfo, { range }: Ground): Form {
  const reads = driver === 'nvme' ? 'READ_ERROR' : 'MEDIUM_ERROR'
  const writes = driver === 'nvme' ? 'WRITE_FAULT' : 'MEDIUM_ERROR'
  return {
    title: `Medium error on ${name}`,
    about: 'Commands that touch these sectors end with the error.',
    fields: [
      {
        name: 'first',
        label: 'first sector',
        value: String(range.sector),
        takes: { min: 0, max: MAX_SECTOR },
      },
      {
        name: 'sectors',
        label: 'sectors (512 B)',
        value: String(Math.max(1, range.sizeSectors)),
        takes: { min: 1, max: MAX_SECTOR },
      },
      {
        name: 'what',
        label: 'of',
        value: range.write ? 'writes' : 'reads',
        takes: { words: ['reads', 'writes'] },
      },
      { name: 'times', label: 'how many commands', value: '1', takes: { min: 1, max: 1_000_000 } },
    ],
    steps: ({ first, sectors, what, times }) => [
      {
        inject: {
          device: name,
          command: what === 'reads' ? 'READ' : 'WRITE',
          count: Number(times),
          host_byte: 0,
          driver_byte: 0,
          status_byte: 0,
          sense_key: 0,
          asc: 0,
          ascq: 0,
          status: what === 'reads' ? reads : writes,
          first_sector: Number(first),
          sectors: Number(sectors),
        },
      },
    ],
  }
}

function multipathEntries(ground: Ground, { name, major, minor }: DeviceInfo, now: DeviceNow): Entry[] {
  const dev = `${major}:${minor}`
  const { header } = ground.record
  const noMap =
    header.mode === 'bio' || header.mode === 'rq' ? {} : { why: 'this lane has no multipath map to tell' }
  const { table } = ground
  const steps = table === undefined ? undefined : reloadWithoutPath(table, dev)
  return [
    {
      label: now.active === false ? `Reinstate path ${name}` : `Fail path ${name}`,
      steps: [{ message: `${now.active === false ? 'reinstate_path' : 'fail_path'} ${dev}` }],
      tone: now.active === false ? 'good' : 'bad',
      ...noMap,
    },
    {
      label: `Remove ${name} from the map`,
      ...(steps === undefined
        ? { why: table === undefined ? 'the live table is being asked for' : 'it is the last path' }
        : { steps }),
      ...noMap,
    },
  ]
}
