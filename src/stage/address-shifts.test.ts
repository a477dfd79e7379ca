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
})
