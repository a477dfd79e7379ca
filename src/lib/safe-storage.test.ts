import { describe, expect, it } from 'vitest'
import { memoryStorage, safeStorage } from './safe-storage.ts'

const full = {
  getItem: () => null,
  setItem: () => {
    throw new Error('QuotaExceededError')
  },
} as unknown as Storage

describe('the safe storage', () => {
  it('reads nothing and survives where storage is forbidden', () => {
    const storage = safeStorage(() => {
      throw new Error('SecurityError')
    })
    storage.write('a', '1')
    expect(storage.read('a')).toBeUndefined()
  })

  it('survives a full storage', () => {
    const storage = safeStorage(() => full)
    expect(() => storage.write('a', '1')).not.toThrow()
    expect(storage.read('a')).toBeUndefined()
  })

  it('keeps texts in memory', () => {
    const storage = memoryStorage()
    storage.write('a', '1')
    expect(storage.read('a')).toBe('1')
    expect(storage.read('b')).toBeUndefined()
  })
})
