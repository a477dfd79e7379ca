/** The priority groups at a moment, as a section of facts; none where there are no groups. */
import { selectorOf } from '../../selector-words.ts'
import type { FactContext, FactSection } from './section.ts'

export function groupSection({ picture, shape }: FactContext): FactSection[] {
  const groups = [...new Set(shape.paths.map(({ group }) => group))].filter((group) => group > 0)
  if (groups.length === 0) return []
  return [
    {
      title: 'Priority groups',
      why: 'group',
      rows: groups.map((group) => {
        const bypassed = (picture.bypassedGroups & (1 << group)) !== 0
        const waits = group === picture.currentGroup ? 'current' : 'stands by'
        return {
          label: `group ${group}, ${selectorOf(picture, group)}`,
          value: bypassed ? 'bypassed' : waits,
          why: `selector:${selectorOf(picture, group)}`,
        }
      }),
    },
  ]
}
