import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { World } from '../../commands/index.ts'
import { completed, withWord } from './completing.ts'

const world: World = {
  map: 'mpatha',
  sizeSectors: 65_536,
  groups: 1,
  devices: [
    { name: 'dm-0', dev: '253:0', driver: 'dm', role: 'dm' },
    { name: 'sda', dev: '8:0', driver: 'scsi_debug', role: 'path' },
    { name: 'sdb', dev: '8:16', driver: 'scsi_debug', role: 'path' },
  ],
}

function tab(text: string): ReturnType<typeof completed> {
  return completed(text, text.length, world)
}

describe('Tab', () => {
  it('puts in the only word that fits, and a blank after it', () => {
    expect(tab('dmsetup sus')).toEqual({ text: 'dmsetup suspend ', cursor: 16, offered: undefined })
    expect(tab('dmsetup suspend mp').text).toBe('dmsetup suspend mpatha ')
  })

  it('writes what all that fit have in common, and lists them', () => {
    const { text, offered } = tab('link s')
    expect(text).toBe('link sd')
    expect(offered?.words.map((word) => word.text)).toEqual(['sda', 'sdb'])
  })

  it('leaves alone what nothing fits', () => {
    expect(tab('nonsense here')).toEqual({ text: 'nonsense here', cursor: 13, offered: undefined })
  })

  it('never takes away what was typed, and is done after some presses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'd',
          'dm',
          'echo no',
          'link',
          'fio --',
          'cat /sys/b',
          'multipathd ',
          'inject sda m',
          'x y',
        ),
        (start) => {
          let text: string = start
          for (let press = 0; press < 12; press++) {
            const next = tab(text)
            expect(next.text.startsWith(text.trimEnd())).toBe(true)
            expect(next.cursor).toBe(next.text.length)
            text = next.text
          }
        },
      ),
    )
  })

  it('a chosen word replaces the begun one and keeps what follows', () => {
    expect(withWord('link s down', { from: 5, to: 6 }, 'sda')).toEqual({ text: 'link sda down', cursor: 8 })
  })
})
