/**
 * mptest (github.com/snitm/mptest, its last commit) as scenarios: five tests and the one for NVMe, over its three backends
 * and three queue modes, 54 cells of which its own rules skip 14. Reference: history-and-claims A5.
 *
 * What stands for what: tcmloop is four SCSI disks at the speed of a ramdisk; scsidebug is scsi_debug with delay=1 (a
 * jiffy of 4 ms); nvmefcloop is four NVMe namespaces, and, where its remote ports are removed, four disks on Fibre
 * Channel ports whose links are cut, because a namespace of this engine does not outlive its port. fio runs 2 to 4
 * seconds instead of 30, over 64 MiB so that writing and reading back alternate; a step of the shell takes 1 ms.
 */
import type { FioJob, Scenario } from '../../src/engine/index.ts'
import type { ScenarioFile } from '../../src/scenario/index.ts'
import { scenarioFrom } from '../support/run-and-count.ts'

export const TESTS = [
  'test_00_no_failure',
  'test_01_sdev_offline',
  'test_01_nvme_offline',
  'test_02_sdev_delete',
  'test_03_dm_failpath',
  'test_04_dm_switchpg',
] as const
export const BACKENDS = ['tcmloop', 'scsidebug', 'nvmefcloop'] as const
export const QUEUE_MODES = ['rq', 'mq', 'bio'] as const

export type TestName = (typeof TESTS)[number]
export type Backend = (typeof BACKENDS)[number]
export type CellMode = (typeof QUEUE_MODES)[number]

export interface Cell {
  readonly test: TestName
  readonly backend: Backend
  readonly mode: CellMode
}

export const CELLS: readonly Cell[] = TESTS.flatMap((test) =>
  BACKENDS.flatMap((backend) => QUEUE_MODES.map((mode) => ({ test, backend, mode }))),
)

/** Why mptest itself does not run this cell; undefined when it does. */
export function skipped({ test, backend, mode }: Cell): string | undefined {
  const isNvme = backend === 'nvmefcloop'
  if (test === 'test_01_nvme_offline') {
    if (!isNvme) return 'needs the nvmefcloop backend'
    return mode === 'bio' ? undefined : 'needs MULTIPATH_QUEUE_MODE bio'
  }
  const needsScsi = test === 'test_01_sdev_offline' || test === 'test_02_sdev_delete'
  return needsScsi && isNvme ? 'needs a backend of SCSI devices' : undefined
}

export const modeOf = ({ mode }: Cell): 'bio' | 'rq' => (mode === 'bio' ? 'bio' : 'rq')

export interface CellOptions {
  /** The table's queue_if_no_path; mptest has it. */
  readonly queueIfNoPath?: boolean
}

type Steps = ScenarioFile['tasks'][number]['do']
type FileDevice = ScenarioFile['devices'][number]

const MIB = 1_048_576
const SECTORS = (1024 * MIB) / 512
const SECOND = 1_000_000_000

function fioOf(test: TestName): FioJob {
  const waves = test === 'test_03_dm_failpath' || test === 'test_04_dm_switchpg'
  const seconds = waves || test === 'test_01_nvme_offline' ? 4 : 2
  return {
    ...{ name: 'mptest', ioengine: 'libaio', rw: 'randwrite', bs: 524_288, direct: true, iodepth: 2 },
    ...{ size: 64 * MIB, time_based: true, runtime_ns: seconds * SECOND, verify: 'meta', verify_fatal: true },
  }
}

function devicesOf({ backend, test }: Cell): FileDevice[] {
  const device = ((): FileDevice => {
    if (backend === 'nvmefcloop') {
      if (test !== 'test_01_nvme_offline') return { driver: 'nvme', sectors: SECTORS }
      const transport = { kind: 'fc', fast_io_fail_tmo_s: 1, dev_loss_tmo_s: 60 } as const
      return { driver: 'scsi_debug', sectors: SECTORS, completion: { kind: 'timer', ns: 400_000 }, transport }
    }
    const ns = backend === 'scsidebug' ? 4_000_000 : 400_000
    return { driver: 'scsi_debug', sectors: SECTORS, completion: { kind: 'timer', ns } }
  })()
  return Array.from({ length: 4 }, () => device)
}

/** What goes on beside fio, once. */
function faultsOf(test: TestName, devs: readonly string[], names: readonly string[]): Steps {
  const sleep = (seconds: number): Steps[number] => ({ sleep_ns: seconds * SECOND })
  const message = (verb: string): Steps => devs.map((dev) => ({ message: `${verb} ${dev}` }))
  const state = (value: string): Steps =>
    names.map((name) => ({ sysfs: `/sys/block/${name}/device/state`, value }))
  const links = (up: boolean): Steps => names.map((device) => ({ link: { device, up } }))
  switch (test) {
    case 'test_00_no_failure':
      return [sleep(0.2)]
    case 'test_01_sdev_offline':
      return [...state('offline'), ...state('running'), ...message('reinstate_path')]
    case 'test_01_nvme_offline':
      return [
        ...links(false),
        sleep(1.5),
        ...links(true),
        sleep(0.5),
        ...message('reinstate_path'),
        sleep(0.5),
      ]
    case 'test_02_sdev_delete':
      return [
        { sysfs: '/sys/block/sd*/device/delete', value: 1 },
        { rescan: true },
        sleep(0.5),
        { load: 'the same table over the devices found by the rescan' },
        { suspend: { noflush: true, nolockfs: true } },
        { resume: true },
      ]
    case 'test_03_dm_failpath':
      return [...message('fail_path'), sleep(1), ...message('reinstate_path'), sleep(1)]
    case 'test_04_dm_switchpg':
      return [{ message: 'disable_group 1' }, sleep(1), { message: 'enable_group 1' }, sleep(1)]
  }
}

function tableOf(mode: CellMode, devs: readonly string[], queueIfNoPath: boolean): string {
  const features = [
    ...(queueIfNoPath ? ['queue_if_no_path'] : []),
    ...['retain_attached_hw_handler', 'queue_mode', mode],
  ]
  const group = (first: number): string => `queue-length 0 2 1 ${devs[first]!} 1 ${devs[first + 1]!} 1`
  return `0 ${SECTORS} multipath ${features.length} ${features.join(' ')} 0 2 1 ${group(0)} ${group(2)}`
}

/** The scenario of one cell. */
export function cellScenario(cell: Cell, { queueIfNoPath = true }: CellOptions = {}): Scenario {
  const devices = devicesOf(cell)
  const isNvme = devices[0]!.driver === 'nvme'
  const devs = [0, 1, 2, 3].map((i) => (isNvme ? `259:${i}` : `8:${16 * i}`))
  const names = [0, 1, 2, 3].map((i) => (isNvme ? `nvme${i}n1` : `sd${'abcd'[i]!}`))
  return scenarioFrom({
    scenario: `${cell.test}-${cell.backend}-${cell.mode}`,
    about: `mptest ${cell.test} over ${cell.backend}, queue_mode ${cell.mode}`,
    modes: [modeOf(cell)],
    devices,
    dm: { sectors: SECTORS, table: tableOf(cell.mode, devs, queueIfNoPath) },
    tasks: [
      { name: 'main', do: [{ start: 'faults' }, { start: 'io' }, { join: 'io' }, { join: 'faults' }] },
      { name: 'io', do: [{ fio: fioOf(cell.test) }] },
      { name: 'faults', do: [{ repeat_until_done: 'io', do: faultsOf(cell.test, devs, names) }] },
    ],
    shell_step_ns: 1_000_000,
  })
}
