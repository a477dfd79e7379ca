/**
 * Opening a scenario or a link: the source is asked of the worker, what a link says of branches is read, and when all of
 * it is known the stores change at once. Only the last wish counts. Where a scenario cannot be run the present one stays,
 * or at the start the first of the gallery, and a notice says why.
 */
import type { GalleryEntry, Opened, ScenarioSource } from '../scenario/index.ts'
import type { RunSetup, Step } from '../worker/protocol.ts'
import { type BranchTree, ROOT, rootTree, switched } from './branches.ts'
import type { Grown } from './grown-rows.ts'
import type { LinkState } from './link-state.ts'
import { FIRST, LIKELY_LANES, type Present } from './present.ts'
import type { LaneSetup } from './state.ts'

export interface Opener {
  onGallery(listener: (gallery: readonly GalleryEntry[]) => void): void
  /** Begins what is likely to be loaded by the listener. */
  open(source: ScenarioSource, listener: (opened: Opened) => void, likely: readonly RunSetup[]): void
}

/** What is to be shown: a scenario that can be run, its lanes and its branches. */
export interface Arriving {
  readonly source: ScenarioSource
  readonly opened: Extract<Opened, { ok: true }>
  readonly lanes: readonly LaneSetup[] | undefined
  readonly tree: BranchTree
  /** The same scenario as the present one: what runs already may go on. */
  readonly same: boolean
}

export interface ArrivalInput {
  readonly opener: Opener
  readonly setupOf: (source: ScenarioSource, lane: LaneSetup, tree: BranchTree) => RunSetup
  readonly present: () => { readonly shown: Present | undefined; readonly tree: BranchTree }
  readonly show: (arriving: Arriving) => void
  readonly notify: (notice: string | undefined) => void
}

export class Arrival {
  private readonly input: ArrivalInput
  /** Wishes so far; only the last one is answered. */
  private wishes = 0
  private followingLink = false

  constructor(input: ArrivalInput) {
    this.input = input
  }

  /** True while what a link says is still to be shown. */
  get arriving(): boolean {
    return this.followingLink
  }

  open(source: ScenarioSource, lanes: readonly LaneSetup[] | undefined, shown: () => void): void {
    this.followingLink = false
    const { input } = this
    this.ask(source, lanes, rootTree(), (opened) => {
      input.notify(opened.ok ? undefined : opened.notice)
      if (!opened.ok) return
      input.show({ source, opened, lanes, tree: rootTree(), same: false })
      shown()
    })
  }

  /** `view` is called when lanes and branches are there. */
  openLink(link: LinkState, view: (link: LinkState) => void): void {
    this.followingLink = true
    const from = this.treeFor(link)
    if (link.branches.length === 0) {
      this.openGrown(link, { tree: switched(from, ROOT), lanes: link.lanes, lost: [] }, view)
      return
    }
    const wish = ++this.wishes
    void Promise.all([import('./grown-rows.ts'), import('../commands/index.ts')]).then(
      ([{ grownRows }, { parseCommand }]) => {
        if (wish !== this.wishes) return
        const read = (command: string): readonly Step[] | undefined => {
          const parsed = parseCommand(command)
          return parsed.kind === 'acts' ? parsed.steps : undefined
        }
        this.openGrown(link, grownRows(from, link, read), view)
      },
    )
  }

  /** A link to the present scenario grows into the tree that is there. */
  private treeFor({ source }: LinkState): BranchTree {
    const { shown, tree } = this.input.present()
    return shown !== undefined && sameSource(shown.source, source) ? tree : rootTree()
  }

  private openGrown(link: LinkState, { tree, lanes, lost }: Grown, view: (link: LinkState) => void): void {
    const { input } = this
    const { shown } = input.present()
    const same = shown !== undefined && sameSource(shown.source, link.source)
    const arrive = (opened: Arriving['opened']): void => {
      input.notify(noticeOf(link, lost))
      input.show({ source: link.source, opened, lanes, tree, same })
      view(link)
      this.followingLink = false
    }
    if (same) {
      this.wishes++
      arrive({ ok: true, ...shown })
      return
    }
    this.ask(link.source, lanes, tree, (opened) => {
      if (!opened.ok) input.notify(opened.notice)
      if (opened.ok) arrive(opened)
      else if (!sameSource(link.source, FIRST))
        this.openLink({ ...link, source: FIRST, branches: [], branch: 0, notice: opened.notice }, view)
    })
  }

  private ask(
    source: ScenarioSource,
    lanes: readonly LaneSetup[] = LIKELY_LANES,
    tree: BranchTree,
    take: (opened: Opened) => void,
  ): void {
    const { input } = this
    const wish = ++this.wishes
    const hear = (opened: Opened): void => {
      if (wish === this.wishes) take(opened)
    }
    input.opener.open(
      source,
      hear,
      lanes.map((lane) => input.setupOf(source, lane, tree)),
    )
  }
}

function noticeOf({ notice }: LinkState, lost: readonly string[]): string | undefined {
  if (lost.length === 0) return notice
  const what = lost.length === 1 ? 'a command' : `${lost.length} commands`
  const sentence = `The link holds ${what} that cannot be read: ${lost[0]!.slice(0, 80)}`
  return notice === undefined ? `${sentence}.` : `${notice} ${sentence}.`
}

export function sameSource(a: ScenarioSource, b: ScenarioSource): boolean {
  return a.kind === 'gallery'
    ? b.kind === 'gallery' && a.name === b.name
    : b.kind === 'custom' && a.text === b.text
}
