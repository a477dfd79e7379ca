/** Something in the input that the engine cannot run: what, where, and what to do about it, one sentence each way. */
export class ScenarioError extends Error {
  /** Place in the scenario, e.g. `devices[1].queue.scheduler` or `dm.table, word 7 ("round-robbin")`. */
  readonly where: string
  /** What is wrong there. */
  readonly what: string
  /** What would be right. */
  readonly remedy: string

  constructor(where: string, what: string, remedy: string) {
    const [place, fault] = [clipped(where), clipped(what)]
    super(`${place}: ${fault}; ${remedy}`)
    this.name = 'ScenarioError'
    this.where = place
    this.what = fault
    this.remedy = remedy
  }
}

/** A word of the input is quoted as far as one line can show it. */
function clipped(text: string): string {
  return text.replaceAll(/"([^"]{60})[^"]+"/g, '"$1…"')
}
