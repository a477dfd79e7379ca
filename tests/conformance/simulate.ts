/** One simulation inside this process, from the text of a scenario to the text of a trace. */
import { createRun, type Scenario } from '../../src/engine/index.ts'
import { createWriter } from '../../src/export/index.ts'
import { problemSentence, readScenario } from '../../src/scenario/index.ts'

export function scenarioOf(text: string): Scenario {
  const resolved = readScenario(text)
  if (resolved.ok) return resolved.scenario
  throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
}

export function simulatedTrace(scenario: Scenario, mode: 'bio' | 'rq'): string {
  const run = createRun({ scenario, mode })
  const writer = createWriter('ftrace', run)
  const texts = [writer.head()]
  for (let state = 'running'; state === 'running';) {
    state = run.advance(50_000)
    texts.push(...run.takeChunks().map((chunk) => writer.chunk(chunk)))
  }
  return texts.join('') + writer.tail(run.result())
}
