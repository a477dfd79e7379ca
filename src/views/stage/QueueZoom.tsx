/**
 * The inside of a queue, open over its lane: every list of it with what is in there, the sorted tree by sector, the FIFO
 * by deadline, the tags one by one. Follows the show some times a second.
 */
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { durationText } from '../../lib/duration.ts'
import { colourStep } from '../../stage/address-colour.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { thingName } from '../../stage/names.ts'
import { queueInside, type InsideItem, type InsideList, type ListName } from '../../stage/queue-inside.ts'
import { bytesText } from '../../stage/words.ts'
import type { Theater } from '../theater.ts'
import type { CanvasTheme } from './canvas-painter.ts'

export interface QueueZoomProps {
  readonly show: LaneShow
  readonly dev: number
  readonly theater: Theater
  readonly theme: CanvasTheme
  readonly onPick: (id: number) => void
  readonly onClose: () => void
}

const ABOUT: Readonly<Record<ListName, readonly [title: string, about: string]>> = {
  plug: ['plug list', 'held by a task so that neighbours can join; current->plug'],
  sorted: ['sorted tree', 'by sector: the next one in ascending order goes first'],
  fifo: ['FIFO', 'by age: who has passed its deadline goes before the sector order'],
  queue: ['software queue', 'ctx->rq_lists: no scheduler sorts it'],
  dispatch: ['hctx->dispatch', 'was refused by the device or the path; tried before anything new'],
  requeue: ['requeue_list', 'put back; inserted again at once or by the timer'],
  flush: ['flush machine', 'waits for a FLUSH to end'],
  queued_bios: ['queued_bios', 'm->queued_bios: waits for a usable path'],
  deferred: ['md->deferred', 'waits for the resume'],
  waiting: ['originals', 'each waits for its clones'],
  issued: ['issued', 'its clone is on a path; it keeps its tag here'],
  device: ['given to the device', 'commands it has not answered'],
}
const MOST_CHIPS = 48

export default function QueueZoom(props: QueueZoomProps): ReactElement {
  const { show, dev, theater, onClose } = props
  const [, setRound] = useState(0)
  const close = useRef<HTMLButtonElement>(null)
  useEffect(() => theater.onWords(() => setRound((round) => round + 1)), [theater])
  useEffect(() => close.current?.focus(), [dev])
  const { picture, record } = show
  const device = record.header.devices[dev]
  const inside = queueInside(picture, record, dev)
  const isMap = device?.role !== 'path'
  return (
    <div
      className="zoom"
      role="dialog"
      aria-label={`inside the queue of ${device?.name ?? ''}`}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <header>
        <h3>
          inside {device?.name}{' '}
          <small>
            {device?.scheduler === undefined
              ? 'bio-based: no queue of its own'
              : `scheduler: ${device.scheduler}`}
          </small>
        </h3>
        <button type="button" ref={close} onClick={onClose} title="close (Esc)">
          ✕
        </button>
      </header>
      <div className="zoom-lists">
        {inside.lists.map((list) => (
          <List key={list.name} {...props} list={list} />
        ))}
      </div>
      {inside.tags.length === 0 ? null : (
        <section className="zoom-tags">
          <h4>
            tags{' '}
            <span>
              {inside.tagsUsed} of {inside.tags.length} in use
              {isMap ? '' : ` · queue_depth ${inside.queueDepth}`} · dispatch_busy {inside.dispatchBusy}
            </span>
          </h4>
          <div className="zoom-bitmap" data-many={inside.tags.length > 128}>
            {[...inside.tags].map((id, tag) => (
              <i
                key={tag}
                data-used={id !== 0}
                title={`tag ${tag}: ${id === 0 ? 'free' : nameOf(show, id)}`}
              />
            ))}
          </div>
        </section>
      )}
    </div>
  )
}

function nameOf({ record, facts }: LaneShow, id: number): string {
  return thingName({ header: record.header, facts }, id)
}

function List(props: QueueZoomProps & { readonly list: InsideList }): ReactElement {
  const { list, show } = props
  const { name, items, dueNs } = list
  const [title, about] = ABOUT[name]
  const timer =
    dueNs === undefined || dueNs < show.timeNs ? '' : ` · timer: ${durationText(dueNs - show.timeNs, 2)}`
  return (
    <section data-list={name}>
      <h4 title={about}>
        {title} <b>{items.length}</b>
        <span>
          {about}
          {timer}
        </span>
      </h4>
      <ol>
        {items.slice(0, MOST_CHIPS).map((item) => (
          <Chip key={item.id} {...props} item={item} fifo={name === 'fifo'} />
        ))}
        {items.length > MOST_CHIPS ? <li>and {items.length - MOST_CHIPS} more</li> : null}
        {items.length === 0 ? <li className="zoom-empty">empty</li> : null}
      </ol>
    </section>
  )
}

function Chip(props: QueueZoomProps & { readonly item: InsideItem; readonly fifo: boolean }): ReactElement {
  const { item, fifo, show, theme, onPick } = props
  const step = colourStep(item.sector, show.facts.range)
  const left = item.deadlineNs === undefined ? 0 : item.deadlineNs - show.timeNs
  const deadline = left > 0 ? durationText(left, 2) : `late ${durationText(-left, 2)}`
  return (
    <li>
      <button
        type="button"
        style={{ background: theme.ramp[step], color: theme.rampInk[step] }}
        title={`${nameOf(show, item.id)}: ${item.write ? 'write' : 'read'} at sector ${item.sector}, ${item.bios} bios`}
        onClick={() => onPick(item.id)}
      >
        {fifo ? deadline : `${item.write ? 'W' : 'R'} ${item.sector}`} · {bytesText(item.sizeSectors)}
      </button>
    </li>
  )
}
