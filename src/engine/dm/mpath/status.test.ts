/** Status lines and the events behind them: test vectors 12 and 13 of the kernel model. */
import { expect, it } from 'vitest'
import { rowsOf } from '../../../../tests/laws/log-rows.ts'
import { resolveScenario } from '../../../scenario/index.ts'
import { createRun } from '../../index.ts'
import { EventKind } from '../../log/index.ts'

const disk = (name: string, dev: string): unknown => ({
  ...{ name, dev, driver: 'scsi_debug', sectors: 65_536, completion: { kind: 'timer', ns: 1_000_000 } },
})

const file = {
  scenario: 'status',
  devices: [disk('sda', '8:16'), disk('sdb', '8:32')],
  dm: {
    name: 'mp',
    dev: '253:0',
    sectors: 65_536,
    table: '0 65536 multipath 0 0 2 1 service-time 0 1 2 8:16 1 1 service-time 0 1 2 8:32 1 1',
  },
  tasks: [
    {
      name: 'main',
      do: [
        { status: true },
        { io: 'each', op: 'R', offset: 0, length: 4096 },
        { status: true },
        { io: 'wait' },
        { message: 'fail_path 8:16' },
        { io: 'each', op: 'R', offset: 0, length: 4096 },
        { status: true },
        { io: 'wait' },
        { message: 'fail_path 8:32' },
        { io: 'each', op: 'R', offset: 0, length: 4096 },
        { io: 'wait' },
        { status: true },
      ],
    },
  ],
}

it('shows groups, in-flight bytes and failures as the kernel does, and counts the paths that are left', () => {
  const resolved = resolveScenario(file)
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
  const scenario = { ...resolved.scenario, shell_step_ns: 0 }
  const run = createRun({ scenario, mode: 'rq' })
  while (run.advance(1000) === 'running');
  const shown = run.result().statusAlong.map((line) => line.replace('0 65536 multipath ', ''))
  expect(shown).toEqual([
    '2 1 0 0 2 1 E 0 1 2 8:16 A 0 0 1 E 0 1 2 8:32 A 0 0 1',
    '2 0 0 0 2 1 A 0 1 2 8:16 A 0 4096 1 E 0 1 2 8:32 A 0 0 1',
    '2 0 0 0 2 2 E 0 1 2 8:16 F 1 0 1 A 0 1 2 8:32 A 0 4096 1',
    '2 0 0 0 2 1 E 0 1 2 8:16 F 1 0 1 E 0 1 2 8:32 F 1 0 1',
  ])
  const failures: [string | undefined, number][] = []
  for (const { kind, dev, object } of rowsOf(run.takeChunks()))
    if (kind === EventKind.fail_path) failures.push([run.header.devices[dev]?.name, object])
  expect(failures).toEqual([
    ['sda', 1],
    ['sdb', 0],
  ])
})
