import { describe, expect, it } from 'vitest'
import { CommandTable, type Command } from './command-table.ts'
import { findCommands, keptRecent, used } from './found.ts'

const command = (id: string, title: string, group = 'page', about = ''): Command => ({
  id,
  title,
  group,
  about,
  run: () => undefined,
})
const all = [
  command('toggle', 'play or pause'),
  command('split', 'One megabyte, 64 KiB at a time', 'scenario', 'who cuts a large write'),
  command('dark', 'theme: dark', 'theme'),
  command('projector', 'theme: projector', 'theme'),
]
const ids = (query: string, recent: readonly string[] = []): string[] =>
  findCommands(all, query, recent).map((found) => found.command.id)

describe('the palette', () => {
  it('lists everything in the order of the table, what was used lately first', () => {
    expect(ids('')).toEqual(['toggle', 'split', 'dark', 'projector'])
    expect(ids('', ['projector', 'gone', 'split'])).toEqual(['projector', 'split', 'toggle', 'dark'])
  })

  it('finds by title before it finds by the rest', () => {
    expect(ids('proj')).toEqual(['projector'])
    expect(ids('megabyte')[0]).toBe('split')
    expect(ids('large write')).toEqual(['split'])
    expect(ids('scenario mega')).toEqual(['split'])
    expect(ids('zzz')).toEqual([])
  })

  it('shows which letters matched', () => {
    expect(findCommands(all, 'dark', [])[0]?.at).toEqual([7, 8, 9, 10])
  })

  it('keeps what was used, newest first, each once', () => {
    expect(used(['a', 'b'], 'b')).toEqual(['b', 'a'])
    expect(used(['a', 'b', 'c', 'd', 'e', 'f'], 'g')).toHaveLength(6)
    expect(keptRecent('["a",5,"b"]')).toEqual(['a', 'b'])
    for (const text of [undefined, '', '{}', 'null', '"a"']) expect(keptRecent(text)).toEqual([])
  })
})

it('a source that is taken out offers nothing more', () => {
  const table = new CommandTable()
  const remove = table.register(() => all)
  expect(table.all()).toHaveLength(4)
  remove()
  expect(table.all()).toEqual([])
})
