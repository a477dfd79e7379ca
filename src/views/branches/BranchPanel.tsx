/** Every branch in a list: go there, rename, compare as a lane, delete; undo and redo walk the tree. */
import { useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { pruned, renamed } from '../../store/branch-edits.ts'
import {
  type Branch,
  branchOf,
  type BranchId,
  type BranchTree,
  childrenOf,
  childToRedo,
  currentBranch,
  lineageOf,
  ROOT,
} from '../../store/branches.ts'
import { MAX_LANES } from '../../store/scenario-store.ts'
import type { Session } from '../../store/session.ts'
import type { Spot } from '../acting/desk.ts'
import { Popup } from '../acting/Popup.tsx'
import { laneLetter } from '../dock/panel.ts'
import { timeOf } from './BranchStrip.tsx'
import './branches.css'

export interface BranchPanelProps {
  readonly session: Session
  readonly spot: Spot
  readonly onClose: () => void
}

export default function BranchPanel({ session, spot, onClose }: BranchPanelProps): ReactElement {
  const tree = useStore(session.branches)
  const { undo, redo } = tree
  const before = currentBranch(tree).parent
  const next = childToRedo(tree)
  return (
    <Popup spot={spot} role="dialog" label="branches" className="panel-popup branch-panel" onClose={onClose}>
      <header>
        <h2>Branches</h2>
        <div>
          <button type="button" className="small-button" disabled={before === undefined} onClick={undo}>
            Undo <kbd>Ctrl Z</kbd>
          </button>
          <button type="button" className="small-button" disabled={next === undefined} onClick={redo}>
            Redo <kbd>Ctrl Y</kbd>
          </button>
          <button type="button" className="small-button" aria-label="Close" onClick={onClose}>
            ✕
          </button>
        </div>
      </header>
      <p>
        What is done in the past forks: the future that was there stays as a branch.
        {tree.branches.length === 1
          ? ' Nothing has been done yet: right click a path, or type in the console.'
          : ''}
      </p>
      <ul>
        {inOrder(tree).map((branch) => (
          <Row key={branch.id} branch={branch} tree={tree} session={session} />
        ))}
      </ul>
    </Popup>
  )
}

/** From the root down, each before what grew from it. */
function inOrder(tree: BranchTree): Branch[] {
  const visit = (id: BranchId): Branch[] => {
    const branch = branchOf(tree, id)
    return branch === undefined ? [] : [branch, ...childrenOf(tree, id).flatMap((child) => visit(child.id))]
  }
  return visit(ROOT)
}

interface RowProps {
  readonly branch: Branch
  readonly tree: BranchTree & ReturnType<Session['branches']['getState']>
  readonly session: Session
}

function Row({ branch, tree, session }: RowProps): ReactElement {
  const [renaming, setRenaming] = useState(false)
  const lanes = useStore(session.scenario, (scenario) => scenario.lanes)
  const { id, label, command } = branch
  const depth = lineageOf(tree, id).length - 1
  const name = label.split('\n')[0]!
  const pinned = lanes.flatMap((lane, i) => (lane.pin === id ? [laneLetter(i)] : []))
  const model = lanes[0]
  const full = lanes.length >= MAX_LANES
  return (
    <li style={{ paddingLeft: `${Math.min(depth, 8) * 1.2}rem` }} data-current={id === tree.current}>
      {renaming ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const name = event.currentTarget.querySelector('input')?.value ?? ''
            session.branches.setState((now) => renamed(now, id, name))
            setRenaming(false)
          }}
        >
          <input
            name="name"
            aria-label={`name of the branch ${command}`}
            defaultValue={label}
            maxLength={80}
            autoFocus
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              setRenaming(false)
            }}
          />
          <button type="submit" className="small-button">
            Keep
          </button>
        </form>
      ) : (
        <button
          type="button"
          className="branch-row"
          aria-current={id === tree.current}
          title={command}
          onClick={() => tree.switchTo(id)}
        >
          <code>{name}</code>
          <small>
            {id === ROOT ? 'the scenario' : timeOf(branch)}
            {pinned.length > 0 ? ` · lane ${pinned.join(', ')}` : ''}
          </small>
        </button>
      )}
      <div className="branch-acts">
        <button
          type="button"
          className="small-button"
          disabled={full || model === undefined}
          title={full ? 'there are three lanes; remove one first' : 'show this branch in a lane of its own'}
          aria-label={`compare ${name} in a lane of its own`}
          onClick={() => model && session.scenario.getState().addLane({ ...model, pin: id })}
        >
          + lane
        </button>
        {id === ROOT ? null : (
          <>
            <button
              type="button"
              className="small-button"
              aria-label={`rename ${name}`}
              onClick={() => setRenaming(true)}
            >
              rename
            </button>
            <button
              type="button"
              className="small-button"
              aria-label={`delete ${name} and what grew from it`}
              title="deletes what grew from it, too"
              onClick={() => session.branches.setState((now) => pruned(now, id))}
            >
              delete
            </button>
          </>
        )}
      </div>
    </li>
  )
}
