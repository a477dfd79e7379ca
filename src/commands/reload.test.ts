import { describe, expect, it } from 'vitest'
import { parseCommand } from './parse.ts'
import { printStep } from './print.ts'
import {
  reloadWithoutPath,
  reloadWithPath,
  reloadWithSelector,
  tableFacts,
  type LiveTable,
} from './reload.ts'

const live: LiveTable = {
  text: 'mp: 0 65536 multipath 2 queue_mode bio 0 2 2 round-robin 0 1 1 8:0 1 round-robin 0 2 1 8:16 1 8:32 1',
  kernel: '6.12',
  cpus: 2,
}

describe('a reload of the live table', () => {
  it('is load, suspend without flush, resume, and parses back to itself', () => {
    const steps = reloadWithSelector(live, 'service-time')!
    expect(steps.map((step) => Object.keys(step)[0])).toEqual(['load', 'suspend', 'resume'])
    const parsed = parseCommand(steps.map((step) => printStep(step)).join('\n'))
    expect(parsed.kind === 'acts' && parsed.steps).toEqual(steps)
  })

  it('gives every path the arguments that its selector wants, and keeps the rest', () => {
    const [load] = reloadWithSelector(live, 'service-time')!
    expect(load).toEqual({
      load: '0 65536 multipath 2 queue_mode bio 0 2 2 service-time 0 1 2 8:0 1 1 service-time 0 2 2 8:16 1 1 8:32 1 1',
    })
  })

  it('drops an emptied group and keeps the first group one that exists', () => {
    const [load] = reloadWithoutPath(live, '8:0')!
    expect(load).toEqual({ load: '0 65536 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 8:16 1 8:32 1' })
  })

  it('never takes the last path, and touches no table that it cannot read', () => {
    const one = { ...live, text: '0 8 multipath 0 0 1 1 round-robin 0 1 1 8:0 1' }
    expect(reloadWithoutPath(one, '8:0')).toBeUndefined()
    expect(reloadWithPath({ ...live, text: '0 8 linear 8:0 0' }, '8:16')).toBeUndefined()
  })

  it('adding what was removed leads back to the same devices', () => {
    const [added] = reloadWithPath(live, '8:48')!
    if (!('load' in added!)) throw new Error('a load was expected')
    expect(tableFacts({ ...live, text: added.load }).devs).toEqual(['8:0', '8:48', '8:16', '8:32'])
    const [removed] = reloadWithoutPath({ ...live, text: added.load }, '8:48')!
    expect(removed).toEqual({ load: live.text.replace('mp: ', '') })
  })
})
