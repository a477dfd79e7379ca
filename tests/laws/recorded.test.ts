/** Every law over the scenarios that a real kernel ran: what holds of random runs holds of recorded ones. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resolveScenario } from '../../src/scenario/index.ts'
import { judge } from './judge.ts'

const FOLDER = new URL('../kernel-traces/scenarios/', import.meta.url)
/** The laws know the devices of the start alone, so what a rescan finds is not for them. */
const text = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8')
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json') && !text(file).includes('"rescan"'))

describe.each(files)('%s', (file) => {
  const resolved = resolveScenario(JSON.parse(text(file)))
  if (!resolved.ok) throw new Error(`${file} is no scenario`)
  const { scenario } = resolved

  it.each(scenario.modes)('breaks no law in %s mode', (mode) => {
    const faults = judge({ scenario, actions: [] }, mode)
    expect([...faults].map(([law, fault]) => `${law.name}: ${fault}`)).toEqual([])
  })
})
