/** Checks models of service times and transports: what fits the driver, the timers and the other paths of a LUN. */
import type { Scenario, ScenarioDevice } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { problem, type Problem } from '../problems.ts'

export function checkServices(scenario: Scenario): Problem[] {
  return scenario.devices.flatMap((device, index) => [
    ...checkTransport(device, ['devices', index, 'transport']),
    ...checkDisk(device, ['devices', index, 'completion']),
    ...checkBackEnd(scenario, device, ['devices', index, 'completion']),
  ])
}

/** A command is given up after 30 s; a ping that takes longer than that is not modelled. */
const COMMAND_TIMEOUT_S = 30

function checkTransport({ name, driver, transport }: ScenarioDevice, path: JsonPath): Problem[] {
  if (transport === undefined) return []
  const { kind } = transport
  if (driver !== (kind === 'nvme-tcp' ? 'nvme' : 'scsi_debug')) {
    const kinds = driver === 'nvme' ? 'write "nvme-tcp", or take it out' : 'take it out'
    return [problem(path, `${name} is a device of ${driver}, which has no transport ${kind}`, kinds)]
  }
  if (transport.kind === 'fc') {
    const { fast_io_fail_tmo_s: fast, dev_loss_tmo_s: loss } = transport
    if (fast === undefined || fast < loss) return []
    const what = `${fast} s is not shorter than dev_loss_tmo_s, which is ${loss} s`
    return [problem([...path, 'fast_io_fail_tmo_s'], what, 'the kernel refuses that: make it shorter')]
  }
  if (transport.kind === 'sas') return []
  if (transport.kind === 'nvme-tcp') return checkKeepAlive(transport.keep_alive_tmo_s, path)
  const together = transport.noop_interval_s + transport.noop_timeout_s
  if (together < COMMAND_TIMEOUT_S) return []
  const what = `with the interval, ${together} s pass before a ping is given up, more than a command has`
  return [problem([...path, 'noop_timeout_s'], what, `keep the two together below ${COMMAND_TIMEOUT_S} s`)]
}

function checkKeepAlive(keepAliveS: number, path: JsonPath): Problem[] {
  const noticedS = 1.5 * keepAliveS
  if (noticedS < COMMAND_TIMEOUT_S) return []
  const what = `${noticedS} s pass before a keep-alive is given up, more than a command has`
  return [problem([...path, 'keep_alive_tmo_s'], what, 'keep it below 20 s')]
}

function checkDisk({ completion }: ScenarioDevice, path: JsonPath): Problem[] {
  if (completion.kind !== 'disk' || completion.track_to_track_ns <= completion.full_stroke_ns) return []
  const what = `${completion.full_stroke_ns} ns over the whole disk is less than over one track`
  return [problem([...path, 'full_stroke_ns'], what, `write at least ${completion.track_to_track_ns}`)]
}

const BACK_END = ['hit_ns', 'miss_ns', 'write_ns', 'hit_ratio', 'width', 'queue_limit'] as const

/** Paths with the same `lun` lead to one back end. */
function checkBackEnd({ devices }: Scenario, device: ScenarioDevice, path: JsonPath): Problem[] {
  const mine = device.completion
  if (mine.kind !== 'array' || device.lun === undefined) return []
  const first = devices.find(({ lun, completion }) => lun === device.lun && completion.kind === 'array')
  const theirs = first?.completion
  if (first === undefined || theirs?.kind !== 'array') return []
  return BACK_END.filter((field) => mine[field] !== theirs[field]).map((field) =>
    problem(
      [...path, field],
      `${device.name} and ${first.name} lead to the same LUN and differ here`,
      `write ${theirs[field] === undefined ? 'nothing' : String(theirs[field])}, or name another lun`,
    ),
  )
}
