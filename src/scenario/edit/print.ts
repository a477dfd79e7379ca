/** A document as text that is good to read and to compare: what fits on a line stands on one. */

const WIDTH = 76

export function printScenario(document: unknown): string {
  return `${printed(document, '', 0, true)}\n`
}

/** @param used Characters of the line that stand before the value. */
function printed(value: unknown, indent: string, used: number, broken = false): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const flat = inline(value)
  if (!broken && indent.length + used + flat.length <= WIDTH) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => inner + printed(item, inner, 1)).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([name, member]) => {
    const key = `${JSON.stringify(name)}: `
    return `${inner}${key}${printed(member, inner, key.length + 1)}`
  })
  return `{\n${lines.join(',\n')}\n${indent}}`
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  if (entries.length === 0) return '{}'
  return `{ ${entries.map(([name, member]) => `${JSON.stringify(name)}: ${inline(member)}`).join(', ')} }`
}
