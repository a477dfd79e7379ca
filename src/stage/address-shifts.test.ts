import { describe, expect, it } from 'vitest'
import { AddressShifts } from './address-shifts.ts'
import { headerFor } from './test-record.ts'

function stacked(): AddressShifts {
  const header = headerFor('bio')
  const volume = { ...header.devices[0]!, name: 'dm-1', role: 'linear', below: [0] } as const
  return new AddressShifts({ ...header, devices: [...header.devices, volume], top: 3 })
}

describe('addresses as the top of the stack counts them', () => {
  it('are those of the device where nothing is shifted', () => {
    expect(new AddressShifts(headerFor('bio')).atTop(1, 4096)).toBe(4096)
  })

  it('go back through every remap on the way', () => {
    const shifts = stacked()
    shifts.note(1, 3, 8)
    shifts.note(3, 3, 8)
    shifts.remapped(3, 2, 0, 2056)
    shifts.note(3, 0, 2056)
    shifts.remapped(4, 3, 1, 2056)
    expect(shifts.atTop(3, 8)).toBe(8)
    expect(shifts.atTop(0, 2056)).toBe(8)
    expect(shifts.atTop(1, 2064)).toBe(16)
  })

  it('are those of each segment of a volume', () => {
    const shifts = stacked()
    const remap = (id: number, top: number, below: number): void => {
      shifts.note(id, 3, top)
      shifts.remapped(id, 0, 0, below)
      shifts.note(id, 0, below)
      shifts.remapped(id, 0, 1, below)
    }
    remap(1, 0, 2048)
    remap(2, 112, 65_536)
    remap(3, 96, 2144)
    for (const dev of [0, 1]) {
      expect(shifts.atTop(dev, 2056)).toBe(8)
      expect(shifts.atTop(dev, 65_552)).toBe(128)
    }
    // Nobody told of a remap to this path.
    expect(shifts.atTop(2, 65_552)).toBe(128)
  })
})
