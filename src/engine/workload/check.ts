/**
 * What this engine cannot run, found before it starts: one clear error each, never a run that goes on without.
 */
import { BIO_MAX_VECS, PAGE_BYTES } from '../kernel/constants.ts'
import { SCHEDULERS } from '../block/scheduler-names.ts'
import type { DmTable } from '../dm/dm-table.ts'
import type { MultipathTable } from '../dm/mpath/table.ts'
import { ScenarioError } from '../error.ts'
import { isMeantFor } from '../kernel/choose.ts'
import type { KernelProfile } from '../kernel/profile.ts'
import type { DmQueueMode, QueueMode } from '../log/index.ts'
import type { Scenario, Step } from '../scenario.ts'
import {
  checkAccessState,
  checkActivation,
  checkDevices,
  checkInjected,
  findAble,
  findNvme,
  findDevice,
} from './check-devices.ts'
import { checkDmsetup } from './check-dmsetup.ts'
import { isDmsetup } from './dmsetup.ts'
import { checkFioJob } from './fio/check.ts'
import { foundLater } from './found-later.ts'
import { QUEUE_ATTRIBUTES } from './queue-attributes.ts'
import { planStack } from './stack-plan.ts'
import { IO_POLICY, MERGE_DEADLINE, SCSI_DEBUG_NDELAY, SYSFS_FILE } from './sysfs.ts'
import { TRANSPORT_NUMBERS, transportFile } from './transport-files.ts'

/** @throws ScenarioError for the first thing that is not modelled. */
export function checkScenario(scenario: Scenario, mode: QueueMode, profile: KernelProfile): void {
  if (!isMeantFor(scenario, mode)) {
    throw new ScenarioError(
      'modes',
      `this scenario is not meant for mode ${mode}`,
      `use ${scenario.modes.join(' or ')}`,
    )
  }
  scenario.devices.forEach((device, i) => {
    checkScheduler(String(device.queue['scheduler'] ?? 'none'), `devices[${String(i)}].queue.scheduler`)
  })
  checkDevices(scenario)
  for (const made of planStack(scenario, mode, profile).made)
    if (made.kind === 'map') checkMap(scenario, made.table, profile)
  checkSteps(scenario, scenario.setup, 'setup', mode, profile)
  scenario.tasks.forEach((task, i) => {
    if (task.cpu !== undefined) checkCpu(scenario, task.cpu, `tasks[${String(i)}].cpu`)
    checkSteps(scenario, task.do, `tasks[${String(i)}].do`, mode, profile)
  })
  if (!scenario.tasks.some((task) => task.name === 'main')) {
    throw new ScenarioError('tasks', 'there is no task "main"', 'name the task that starts first "main"')
  }
}

function checkMap(scenario: Scenario, { sizeSectors, targets }: DmTable, profile: KernelProfile): void {
  for (const target of targets)
    if (target.type === 'multipath') {
      checkPathQueues(scenario, target.table, profile)
      checkHandler(scenario, target.table, profile)
    }
  if (sizeSectors <= scenario.dm.sectors) return
  throw new ScenarioError(
    'dm.table',
    'the target is longer than the device',
    `use a length of at most ${String(scenario.dm.sectors)} sectors`,
  )
}

/** dm_table_determine_type, where it looks at the queues of the paths. */
function checkPathQueues(scenario: Scenario, table: MultipathTable, profile: KernelProfile): void {
  if (!profile.checksPathQueues || table.queueMode !== 'rq') return
  const devs = table.groups.flatMap((group) => group.paths.map((path) => path.dev))
  const kinds = new Set(
    scenario.devices
      .filter((device) => devs.includes(device.dev))
      .map((device) => (device.driver === 'scsi_debug' ? profile.scsiQueues[0] : profile.plainQueue)),
  )
  if (kinds.size > 1) {
    throw new ScenarioError(
      'dm.table',
      `on kernel ${profile.version} request-based multipath cannot have paths of both block layers`,
      'use disks of one driver, queue_mode bio, or set module parameter scsi_mod.use_blk_mq to 1',
    )
  }
  if (table.upperQueue === 'mq' && kinds.has('legacy')) {
    throw new ScenarioError(
      'dm.table',
      `queue_mode mq needs paths on blk-mq, which SCSI disks are not by default on kernel ${profile.version}`,
      'write queue_mode rq, or set module parameter scsi_mod.use_blk_mq to 1',
    )
  }
}

/** setup_scsi_dh: a handler that a table names has to fit every path; bio mode and kernels from 6.19 drop it instead. */
function checkHandler(scenario: Scenario, table: MultipathTable, profile: KernelProfile): void {
  const { hwHandler } = table
  if (hwHandler === undefined || table.queueMode === 'bio' || profile.retainHandler === 'always-unprinted')
    return
  const devs = table.groups.flatMap((group) => group.paths.map((path) => path.dev))
  const other = scenario.devices.find(({ dev, driver }) => driver !== 'scsi_debug' && devs.includes(dev))
  if (other === undefined) return
  throw new ScenarioError(
    'dm.table',
    `hardware handler ${hwHandler} cannot be attached to ${other.name}, which is no SCSI disk`,
    'write 0 in place of the handler, or use scsi_debug devices',
  )
}

/** The same for steps taken from outside. */
export function checkSteps(
  scenario: Scenario,
  steps: readonly Step[],
  where: string,
  mode: QueueMode,
  profile: KernelProfile,
): void {
  steps.forEach((step, i) => {
    checkStep(scenario, step, `${where}[${String(i)}]`, mode, profile)
  })
}

/** Before multipage vectors a bio holds 256 pages, however they lie. */
function checkBioBytes(step: Step, where: string, profile: KernelProfile): void {
  const most = BIO_MAX_VECS * PAGE_BYTES
  if (!('bio_bytes' in step) || profile.multipageVectors || (step.bio_bytes ?? 0) <= most) return
  throw new ScenarioError(
    `${where}.bio_bytes`,
    `a bio of kernel ${profile.version} holds no more than ${String(most)} bytes`,
    `write ${String(most)} or less, or use a kernel from 5.1`,
  )
}

function checkStep(
  scenario: Scenario,
  step: Step,
  where: string,
  mode: QueueMode,
  profile: KernelProfile,
): void {
  if ('io' in step) {
    checkBioBytes(step, where, profile)
    return
  }
  if ('cpu' in step) checkCpu(scenario, step.cpu, `${where}.cpu`)
  else if ('sysfs' in step) checkSysfs(scenario, step.sysfs, String(step.value), where, mode, profile)
  else if ('inject' in step) checkInjected(scenario, step.inject, `${where}.inject`)
  else if ('link' in step) findAble(scenario, step.link.device, `${where}.link.device`, 'has no cable')
  else if ('hang' in step) findAble(scenario, step.hang.device, `${where}.hang.device`, 'never hangs')
  else if ('service' in step) findDevice(scenario, step.service.device, `${where}.service.device`)
  else if ('ana' in step) findNvme(scenario, step.ana.device, `${where}.ana.device`)
  else if ('activation' in step) checkActivation(scenario, step.activation, `${where}.activation`)
  else if ('access_state' in step) checkAccessState(scenario, step.access_state, `${where}.access_state`)
  else if (isDmsetup(step)) checkDmsetup(scenario, step, where, mode, profile)
  else if ('start' in step) checkTask(scenario, step.start, `${where}.start`)
  else if ('join' in step) checkTask(scenario, step.join, `${where}.join`)
  else if ('fio' in step) checkFioJob(scenario, step.fio, `${where}.fio`)
  else if ('fio_jobs' in step)
    step.fio_jobs.forEach((job, i) => {
      checkFioJob(scenario, job, `${where}.fio_jobs[${String(i)}]`)
    })
  else if ('repeat_until_done' in step) {
    checkTask(scenario, step.repeat_until_done, `${where}.repeat_until_done`)
    checkSteps(scenario, step.do, `${where}.do`, mode, profile)
  }
}

function checkCpu(scenario: Scenario, cpu: number, where: string): void {
  if (cpu >= scenario.cpus) {
    throw new ScenarioError(
      where,
      `there is no CPU ${String(cpu)}`,
      `use a number below cpus, which is ${String(scenario.cpus)}`,
    )
  }
}

function checkTask(scenario: Scenario, name: string, where: string): void {
  if (scenario.tasks.some((task) => task.name === name)) return
  throw new ScenarioError(
    where,
    `there is no task "${name}"`,
    `use one of ${scenario.tasks.map((task) => task.name).join(', ')}`,
  )
}

/** Devices of device-mapper by the name the kernel gives them, and whether they take bios or requests. */
function namesOfMaps({ dm, stack = [] }: Scenario, mode: QueueMode): ReadonlyMap<string, DmQueueMode> {
  const node = (dev: string): string => `dm-${dev.split(':')[1] ?? '0'}`
  const linear = stack.filter((entry) => 'table' in entry).map(({ dev }) => [node(dev), 'bio'] as const)
  return new Map([[node(dm.dev), mode === 'rq' ? 'rq' : 'bio'], ...linear])
}

/** Written in every mode, read in one: other stacks have no such file. */
function checkPolicy(value: string, where: string, mode: QueueMode, profile: KernelProfile): void {
  const policies: readonly string[] = profile.ioPolicies
  if (mode !== 'native' || policies.includes(value)) return
  throw new ScenarioError(
    `${where}.value`,
    `kernel ${profile.version} has no policy "${value}" for native NVMe multipath`,
    `use ${policies.join(' or ')}`,
  )
}

function checkSysfs(
  scenario: Scenario,
  path: string,
  value: string,
  where: string,
  mode: QueueMode,
  profile: KernelProfile,
): void {
  if (path === SCSI_DEBUG_NDELAY) return
  const file = transportFile(path)
  if (file !== undefined) {
    const { devices } = scenario
    if (devices.some(({ name, transport }, i) => transport?.kind === file.kind && file.isFor(i, name))) return
    throw new ScenarioError(
      `${where}.sysfs`,
      `"${path}" does not exist here`,
      `give a device a transport of kind ${file.kind}; ${TRANSPORT_NUMBERS}`,
    )
  }
  if (path === IO_POLICY) {
    checkPolicy(value, where, mode, profile)
    return
  }
  const match = SYSFS_FILE.exec(path)
  const upper = namesOfMaps(scenario, mode)
  const names = [
    ...upper.keys(),
    ...scenario.devices.map((device) => device.name),
    ...foundLater(scenario).map((d) => d.name),
  ]
  const isKnown = match?.[1] !== undefined && (match[1].includes('*') || names.includes(match[1]))
  if (!match || !isKnown) {
    throw new ScenarioError(
      `${where}.sysfs`,
      `"${path}" does not exist here`,
      `use /sys/block/NAME/queue/ATTRIBUTE or /sys/block/NAME/device/ATTRIBUTE with NAME one of ${names.join(', ')}`,
    )
  }
  const [, name, folder, attribute] = match
  if (folder === 'dm' && (!upper.has(name!) || attribute !== MERGE_DEADLINE)) {
    throw new ScenarioError(
      `${where}.sysfs`,
      `"${path}" does not exist here`,
      `of device-mapper only /sys/block/dm-N/dm/${MERGE_DEADLINE} can be written`,
    )
  }
  if (folder === 'queue' && !QUEUE_ATTRIBUTES.has(attribute!)) {
    throw new ScenarioError(
      `${where}.sysfs`,
      `queue attribute "${attribute!}" cannot be written here`,
      `use one of ${[...QUEUE_ATTRIBUTES].join(', ')}`,
    )
  }
  const refusedAnyway = upper.get(name!) === 'bio'
  if (attribute === 'scheduler' && !refusedAnyway) checkScheduler(value, `${where}.value`)
}

function checkScheduler(name: string, where: string): void {
  if (SCHEDULERS.includes(name)) return
  throw new ScenarioError(where, `"${name}" is not a scheduler`, `use ${SCHEDULERS.join(' or ')}`)
}
