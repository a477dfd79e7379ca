/** What the README says of the program is what the program does. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { resolveScenario } from '../src/scenario/index.ts'
import { KEYS } from '../src/views/keys.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

it('lists every key with what it does', () => {
  const rows = KEYS.map(({ caps, about }) => `| ${caps} | ${about} |`)
  expect(rows.filter((row) => !readme.includes(row))).toEqual([])
})

it('shows a scenario that is whole', () => {
  const text = /^ {4}\{\n[\s\S]*?^ {4}\}$/m.exec(readme)?.[0] ?? ''
  const resolved = resolveScenario(JSON.parse(text))
  expect(resolved.ok && resolved.scenario.devices.map((device) => device.name)).toEqual(['sda', 'sdb'])
})
