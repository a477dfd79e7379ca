/** iostat and lsblk. */
import { asks, type Read, wrong } from './parsed.ts'

export function readIostat(words: readonly string[]): Read {
  const numbers = words.filter((word) => !word.startsWith('-'))
  const unknown = words.find((word) => word.startsWith('-') && !/^-[xdkty]+$/.test(word))
  if (unknown !== undefined) return wrong(`${unknown} is no option of iostat here`, 'write iostat -x')
  const [seconds] = numbers
  if (seconds === undefined) return asks({ ask: 'iostat' })
  if (!/^\d{1,6}(?:\.\d{1,9})?$/.test(seconds) || Number(seconds) === 0 || numbers.length > 2)
    return wrong(`"${seconds}" is no interval`, 'write a number of seconds')
  return asks({ ask: 'iostat', interval_ns: Math.round(Number(seconds) * 1e9) })
}

export function readLsblk(words: readonly string[]): Read {
  const [option, more] = words
  if (option === undefined) return asks({ ask: 'lsblk' })
  if (more === undefined && (option === '-t' || option === '--topology'))
    return asks({ ask: 'lsblk_topology' })
  return wrong(`lsblk ${words.join(' ').slice(0, 40)} is not simulated`, 'write lsblk or lsblk -t')
}
