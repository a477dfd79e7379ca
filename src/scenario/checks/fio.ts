/** Checks jobs of fio: files that can be read, blocks that fit the device, options that go together. */
import type { FioJob } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { parseFioFile } from '../fio/parse.ts'
import type { FileStep, ScenarioFile } from '../form.ts'
import { problem, type Problem } from '../problems.ts'
import type { Extent } from './io.ts'

/** Job files are read before anything is filled in: what is wrong in them is named by its line. */
export function checkFioFiles({ setup, tasks }: ScenarioFile): Problem[] {
  return [
    ...filesIn(['setup'], setup ?? []),
    ...tasks.flatMap((task, index) => filesIn(['tasks', index, 'do'], task.do)),
  ]
}

/** Percentages are taken of the device later; any size does to see whether they can be read. */
const SOME_BYTES = 1_099_511_627_776

function filesIn(path: JsonPath, steps: readonly FileStep[]): Problem[] {
  return steps.flatMap((step, index) => {
    if ('repeat_until_done' in step) return filesIn([...path, index, 'do'], step.do)
    if (!('fio_file' in step)) return []
    const parsed = parseFioFile(step.fio_file, SOME_BYTES)
    if (parsed.ok) return []
    return parsed.problems.map(({ line, what, remedy }) =>
      problem([...path, index, 'fio_file'], what, remedy, line === 0 ? '' : `line ${line}`),
    )
  })
}

export function checkFioJob(extent: Extent, path: JsonPath, job: FioJob): Problem[] {
  return [
    ...checkBlocks(extent, path, job),
    ...checkPlace(extent, path, job),
    ...(job.time_based === true && job.runtime_ns === undefined
      ? [problem([...path, 'time_based'], 'it never ends without a runtime', 'add "runtime_ns" (runtime=)')]
      : []),
    ...(job.verify !== undefined && job.direct === false
      ? [
          problem(
            [...path, 'verify'],
            'through the page cache it would only check the cache',
            'write direct=1, or leave verify out',
          ),
        ]
      : []),
  ]
}

function checkBlocks({ blockBytes }: Extent, path: JsonPath, { bs, bssplit }: FioJob): Problem[] {
  const sizes = [
    ...(typeof bs === 'number' ? [bs] : [bs.read, bs.write]).map((bytes) => ['bs', bytes] as const),
    ...(bssplit ?? []).map(({ bytes }) => ['bssplit', bytes] as const),
  ]
  const wrong = sizes.find(([, bytes]) => bytes % blockBytes !== 0)
  if (wrong === undefined) return []
  const [option, bytes] = wrong
  const what = `${bytes} is not a multiple of the logical block, ${blockBytes} bytes`
  const hint = bytes % 1000 === 0 ? ' (in fio 4k is 4096 bytes and 4ki is 4000)' : ''
  return [problem([...path, option], what, `write a multiple${hint}`)]
}

function checkPlace({ blockBytes, deviceBytes }: Extent, path: JsonPath, job: FioJob): Problem[] {
  const { offset = 0, offset_increment: increment = 0, numjobs = 1, size } = job
  for (const [option, bytes] of [['offset', offset] as const, ['offset_increment', increment] as const]) {
    if (bytes % blockBytes !== 0) {
      const what = `${bytes} is not a multiple of the logical block, ${blockBytes} bytes`
      return [problem([...path, option], what, 'write a multiple')]
    }
  }
  const block = largestBlock(job)
  const room = Math.min(size ?? Infinity, deviceBytes - offset - increment * (numjobs - 1))
  if (room >= block) return []
  const what = `${block} bytes, one block, do not fit: there are ${Math.max(0, room)} between the job's offset and its end`
  return [problem(path, what, 'make size larger, or bs or offset smaller')]
}

function largestBlock({ bs, bssplit }: FioJob): number {
  if (bssplit) return Math.max(...bssplit.map(({ bytes }) => bytes))
  return typeof bs === 'number' ? bs : Math.max(bs.read, bs.write)
}
