/**
 * A light look at table lines: that they are for multipath, as long as the device, in the mode that is run, and that every
 * device in them exists. The rest of the line is the engine's (dm-mpath.c:multipath_ctr), which names the word it refuses.
 */
import { KERNELS, type Scenario } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { nearest } from '../../lib/near-miss.ts'
import { modeOfTable } from '../fill/dm.ts'
import { problem, shown, type Problem } from '../problems.ts'
import { devicesEver } from './later.ts'

export function checkTable(scenario: Scenario, table: string, path: JsonPath): Problem[] {
  const words = table.trim().split(/\s+/)
  return [
    ...checkHead(scenario, words, path),
    ...checkModes(scenario, table, path),
    ...words.flatMap((word, index) => checkDeviceWord(scenario, word, index, path)),
  ]
}

/** Words are counted from 1, as people count them. */
function atWord(path: JsonPath, index: number, word: string, what: string, remedy: string): Problem {
  return problem(path, what, remedy, `word ${index + 1} (${shown(word)})`)
}

function checkHead({ dm }: Scenario, words: readonly string[], path: JsonPath): Problem[] {
  const [start = '', length = '', target = ''] = words
  if (start !== '0') return [atWord(path, 0, start, 'a multipath table begins at sector 0', 'write 0')]
  if (length !== String(dm.sectors)) {
    const what = `the dm device has ${dm.sectors} sectors`
    return [atWord(path, 1, length, what, `write ${dm.sectors}, or change dm.sectors`)]
  }
  if (target === 'multipath') return []
  const meant = nearest(target, ['multipath'])
  const what = `the target ${shown(target)} is not simulated`
  return [
    atWord(path, 2, target, what, meant === undefined ? 'write "multipath"' : `did you mean "${meant}"?`),
  ]
}

function checkModes(scenario: Scenario, table: string, path: JsonPath): Problem[] {
  const kernel = KERNELS.get(scenario.kernel)
  const bound = kernel && modeOfTable(table, kernel)
  const other = scenario.modes.find(
    (mode) => bound !== undefined && mode !== bound && (mode === 'bio' || mode === 'rq'),
  )
  if (bound === undefined || other === undefined) return []
  const what = `it fixes queue_mode ${bound}, but modes also asks for "${other}"`
  return [problem(path, what, `write "queue_mode {mode}" in it, or "modes": ["${bound}"]`)]
}

function checkDeviceWord(scenario: Scenario, word: string, index: number, path: JsonPath): Problem[] {
  const devices = devicesEver(scenario)
  const named = /^(?:\/dev\/)?(?<name>sd[a-z]+|nullb\d+)$/.exec(word)?.groups?.['name']
  if (named !== undefined) {
    const device = devices.find(({ name }) => name === named)
    if (device !== undefined)
      return [atWord(path, index, word, 'a device is named by its number here', `write ${device.dev}`)]
    const known = devices.map(({ name, dev }) => `${dev} (${name})`).join(', ')
    return [atWord(path, index, word, 'there is no such device', `the devices are ${known}`)]
  }
  if (!/^\d+:\d+$/.test(word) || devices.some(({ dev }) => dev === word)) return []
  const known = devices.map(({ name, dev }) => `${dev} (${name})`).join(', ')
  return [atWord(path, index, word, 'there is no such device', `the devices are ${known}`)]
}
