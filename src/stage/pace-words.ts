/** How fast a device is, against what the scenario says of it; in thousandths, as the log has it. */
const AS_WRITTEN = 1000

export function isPaceWritten(pace: number): boolean {
  return pace === AS_WRITTEN
}

/** Times as long as written: `10×`. */
export function paceFigure(pace: number): string {
  return `${String(pace / AS_WRITTEN)}×`
}

export function paceText(pace: number): string {
  return isPaceWritten(pace) ? 'takes as long as written' : `takes ${paceFigure(pace)} as long as written`
}
