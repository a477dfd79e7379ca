/** What can be done to the map and to its groups: hold it, tell it something, give it another table. */
import { reloadWithPath, reloadWithSelector, tableFacts } from '../../commands/index.ts'
import { DmState, MpathFlag } from '../../engine/log/index.ts'
import { SELECTORS } from '../lanes/eras.ts'
import { deviceNow } from './device-now.ts'
import type { Ground } from './ground.ts'
import type { Entry, MenuPage } from './menu.ts'
import { queueEntries } from './queue-menu.ts'

const NO_MAP = 'this lane has no multipath map to tell'

function hasMap({ record }: Ground): boolean {
  return record.header.mode === 'bio' || record.header.mode === 'rq'
}

/** Every entry refused for one reason. */
function refused(entries: readonly Entry[], why: string | undefined): Entry[] {
  return why === undefined ? [...entries] : entries.map((entry) => ({ why, ...entry }))
}

export function mapPage(ground: Ground): MenuPage {
  const { header } = ground.record
  const why = hasMap(ground) ? undefined : NO_MAP
  return {
    title: header.dmName === '' ? 'the head of the namespace' : header.dmName,
    about: `${header.mode === 'rq' ? 'request-based' : header.mode} · Linux ${header.kernel}`,
    sections: [
      refused(holding(ground), why),
      refused([queueing(ground), ...tables(ground)], why),
      groupsOf(ground).map((group) => {
        const page = groupPage(ground, group)
        return { label: `Group ${group}`, about: page.about, page }
      }),
      [
        ...mapQueue(ground),
        {
          label: 'Change the lane',
          about: 'queue mode, kernel, selector: as if it had been so from the start',
          deed: 'lane',
        },
        { label: 'Look inside the queue', about: 'its lists, its tags', deed: 'zoom' },
      ],
    ],
  }
}

/** None where there is but one. */
function groupsOf({ record }: Ground): readonly number[] {
  const groups = [...new Set(record.header.paths.map(({ group }) => group))]
  return groups.length > 1 ? groups : []
}

function holding({ picture }: Ground): Entry[] {
  const held = picture.dmState === DmState.suspended || picture.dmState === DmState.suspending
  const suspended = held ? { why: 'it is suspended already' } : {}
  return [
    {
      label: 'Suspend: wait for what is in flight',
      steps: [{ suspend: { noflush: false, nolockfs: false } }],
      ...suspended,
    },
    {
      label: 'Suspend: push back what is in flight',
      steps: [{ suspend: { noflush: true, nolockfs: false } }],
      ...suspended,
    },
    {
      label: 'Resume',
      steps: [{ resume: true }],
      ...(held ? {} : { why: 'it is not suspended' }),
      tone: 'good',
    },
  ]
}

function queueing({ picture }: Ground): Entry {
  const queues = ((picture.mpathFlags ?? 0) & MpathFlag.queue_if_no_path) !== 0
  return queues
    ? { label: 'Without a path: fail what comes', steps: [{ message: 'fail_if_no_path' }] }
    : { label: 'Without a path: queue what comes', steps: [{ message: 'queue_if_no_path' }] }
}

function tables(ground: Ground): Entry[] {
  const { table, record } = ground
  if (table === undefined) {
    const why = 'the live table is being asked for'
    return [
      { label: 'Another path selector', why },
      { label: 'Add a path', why },
    ]
  }
  const { selectors, devs } = tableFacts(table)
  const { header, tables: side } = record
  const free = [...header.devices, ...(side.devices ?? [])].filter(
    ({ role, major, minor }) => role === 'path' && !devs.includes(`${major}:${minor}`),
  )
  return [
    {
      label: 'Another path selector',
      about: `now ${selectors.join(', ')}`,
      page: {
        title: `selector of ${header.dmName}`,
        about: 'a table is loaded and becomes live at the resume',
        sections: [
          SELECTORS.map(([name, about]) => ({
            label: `${name}: ${about}`,
            checked: selectors.length === 1 && selectors[0] === name,
            ...offered(reloadWithSelector(table, name), 'the table has another form'),
          })),
        ],
      },
    },
    {
      label: 'Add a path',
      about: 'a disk that is not in the table',
      page: {
        title: `paths for ${header.dmName}`,
        about: 'disks that are not in its table',
        sections: [
          free.map(({ name, major, minor }) => ({
            label: `Add ${name}`,
            ...offered(reloadWithPath(table, `${major}:${minor}`), 'the table has another form'),
          })),
        ],
      },
      ...(free.length === 0 ? { why: 'every disk is in its table' } : {}),
    },
    { label: 'Look for disks that came back', steps: [{ rescan: true }] },
  ]
}

function offered(steps: Entry['steps'], why: string): Pick<Entry, 'steps' | 'why'> {
  return steps === undefined ? { why } : { steps }
}

function mapQueue({ record, picture }: Ground): Entry[] {
  const { header } = record
  const dev = header.devices.findIndex(({ role }) => role === 'dm')
  const info = header.devices[dev]
  if (info === undefined) return []
  return [
    {
      label: `Queue of ${info.name}`,
      about: 'scheduler, nr_requests, max_sectors_kb',
      page: {
        title: `queue of ${info.name}`,
        about: `/sys/block/${info.name}/queue`,
        sections: [queueEntries(info, deviceNow(record, picture, dev), header.kernel)],
      },
    },
  ]
}

export function groupPage(ground: Ground, group: number): MenuPage {
  const { header } = ground.record
  const { picture } = ground
  const names = header.paths
    .filter((path) => path.group === group)
    .map(({ dev }) => header.devices[dev]?.name ?? '')
  const bypassed = ((picture.bypassedGroups >> group) & 1) === 1
  const current = picture.currentGroup === group
  const entries: Entry[] = [
    {
      label: `Switch to group ${group}`,
      steps: [{ message: `switch_group ${group}` }],
      ...(current ? { why: 'it is in use' } : {}),
    },
    {
      label: `Disable group ${group}`,
      steps: [{ message: `disable_group ${group}` }],
      ...(bypassed ? { why: 'it is disabled already' } : {}),
    },
    {
      label: `Enable group ${group}`,
      steps: [{ message: `enable_group ${group}` }],
      ...(bypassed ? {} : { why: 'it is not disabled' }),
    },
  ]
  return {
    title: `priority group ${group}`,
    about: names.join(', '),
    sections: [refused(entries, hasMap(ground) ? undefined : NO_MAP)],
  }
}
