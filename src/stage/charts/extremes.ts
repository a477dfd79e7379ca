/** The least and the most of some columns, for an axis that encloses them; something sensible of nothing. */
export function extremes(
  rows: readonly { readonly values: Float64Array; readonly first: number; readonly end: number }[],
): [low: number, high: number] {
  let [low, high] = [Infinity, 0]
  for (const { values, first, end } of rows)
    for (let i = first; i < end; i++) {
      low = Math.min(low, values[i]!)
      high = Math.max(high, values[i]!)
    }
  return [Number.isFinite(low) ? Math.max(1, low) : 1000, Math.max(high, 1)]
}
