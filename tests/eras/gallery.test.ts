/**
 * Every built-in scenario on every kernel, in the modes that the kernel has: it runs, nothing is stuck or lost, and the
 * only ones refused are those whose selector, or whose blk-mq, came later.
 */
import { describe, expect, it } from 'vitest'
import { KERNELS } from '../../src/engine/index.ts'
import { GALLERY } from '../../src/scenario/index.ts'
import { runEra, type Document, type EraRun } from './run-era.ts'

const SELECTOR = /round-robin|queue-length|service-time|historical-service-time|io-affinity/g

/** Bios and requests that are born end, each once. */
function expectConserved({ events, result }: EraRun): void {
  const bios = new Map<number, number>()
  const requests = new Set<number>()
  const ios = new Map<number, number>()
  for (const { kind, subject, dev } of events) {
    if (kind === 'io_submit') ios.set(subject, 0)
    if (kind === 'io_end') ios.set(subject, (ios.get(subject) ?? 0) + 1)
    if (kind === 'bio_queue' && dev === 'dm-0') bios.set(subject, 0)
    if ((kind === 'bio_complete' || kind === 'bio_endio') && bios.has(subject))
      bios.set(subject, bios.get(subject)! + 1)
    if (kind === 'getrq' || kind === 'rq_clone') requests.add(subject)
    if (kind === 'rq_free') requests.delete(subject)
  }
  expect([...ios.values()].every((ends) => ends === 1)).toBe(true)
  expect([...bios.values()].every((ends) => ends === 1)).toBe(true)
  expect([...requests]).toEqual([])
  expect(result.stuck).toBe(0)
}

describe.each([...KERNELS.values()])('kernel $version', ({ version, modes, selectors, upperQueues }) => {
  const cases = GALLERY.flatMap((file) =>
    modes
      .filter((mode) => file.modes?.includes(mode) !== false)
      .map((mode) => ({ file, mode, name: file.scenario })),
  )
  it.each(cases)('$name, $mode', ({ file, mode }) => {
    const used = [...(file.dm?.table?.matchAll(SELECTOR) ?? [])].map(([name]) => name)
    const unknown = used.find((name) => !selectors.includes(name))
    const run = (): EraRun => runEra(version, mode, file as unknown as Document)
    const wantsMq = file.module_parameters?.['dm_mod.use_blk_mq'] === 1
    if (wantsMq && !upperQueues.includes('mq')) expect(run).toThrow(`kernel ${version} has no blk-mq queue`)
    else if (unknown === undefined) expectConserved(run())
    else expect(run).toThrow(`("${unknown}"): is not a path selector of kernel ${version}`)
  })
})
