import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readScenario, resolveScenario } from './resolve.ts'

const folder = new URL('../../tests/kernel-traces/scenarios/', import.meta.url)
const captured = readdirSync(folder).map(
  (name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const,
)

describe('a scenario that a real kernel ran', () => {
  it.each(captured)('%s is taken as it stands', (_, text) => {
    const resolved = readScenario(text)
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems, null, 1))
    const document = JSON.parse(text) as object
    expect(resolved.scenario).toEqual({ module_parameters: {}, setup: [], seed: 1, ...document })
    const known = ['seed', 'module_parameters', 'setup']
    expect(resolved.defaulted.map(({ path }) => path).filter((path) => !known.includes(path))).toEqual([])
  })

  it.each(captured)(
    '%s needs nothing but its devices, sizes and steps: the presets supply the rest',
    (_, text) => {
      const document = JSON.parse(text) as {
        devices: { driver: string; queue: Record<string, unknown>; completion: unknown }[]
      }
      const bare = {
        ...document,
        devices: document.devices.map((device) => ({
          driver: device.driver,
          completion: device.completion,
          ...differing(device),
        })),
      }
      const resolved = resolveScenario(bare)
      if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems, null, 1))
      const devices = resolved.scenario.devices.map((device) => ({ lun: undefined, ...device }))
      expect(devices).toEqual(document.devices.map((device) => ({ lun: undefined, ...device })))
    },
  )
})

/** What the presets cannot know: limits that the scenario set on purpose, sizes, handlers, media. */
function differing(device: Record<string, unknown> & { queue: Record<string, unknown> }): object {
  const {
    name: _name,
    dev: _dev,
    queue: q,
    hw_queues: _hw,
    scsi_state: _state,
    host_tags: _tags,
    ...rest
  } = device
  const onPurpose = ['scheduler', 'max_sectors_kb', 'max_sectors', 'virt_boundary_mask', 'max_hw_sectors_kb']
  return {
    ...rest,
    queue: Object.fromEntries(onPurpose.filter((key) => key in q).map((key) => [key, q[key]])),
  }
}
