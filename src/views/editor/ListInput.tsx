/**
 * A list within a step or a device: I/Os of a `list`, jobs of fio, parts of a bssplit. Each row has the fields of its
 * schema; of a long one those that the file states, the others below.
 */
import type { ReactElement } from 'react'
import { type Field, type FieldShape, isObject, listAt, valueAt } from '../../scenario/edit/index.ts'
import { useEditing, type Path } from './editing.ts'
import { RowButtons } from './RowButtons.tsx'

export interface ListInputProps {
  readonly path: Path
  readonly field: Field
  readonly item: FieldShape
  /** Draws one field of a row. */
  readonly input: (path: Path, field: Field) => ReactElement | null
}

/** More than anybody edits by hand in a form. */
const MOST_ROWS = 40
/** So many fields are seen at a glance. */
const FEW_FIELDS = 8

export function ListInput({ path, field, item, input }: ListInputProps): ReactElement {
  const { document, change, insert } = useEditing()
  const rows = listAt(document, path)
  const add = (): void => {
    const first = rows.at(-1) ?? firstOf(item)
    if (rows.length === 0) change(path, [first])
    else insert(path, rows.length, first)
  }
  return (
    <fieldset className="edit-list">
      <legend>{field.name}</legend>
      <ol className="edit-rows">
        {rows.slice(0, MOST_ROWS).map((_, index) => {
          const place = `${field.name} ${index + 1}`
          return (
            <li key={index} className="edit-step" aria-label={place}>
              <div className="edit-step-head">
                <RowButtons
                  list={path}
                  index={index}
                  count={rows.length}
                  place={place}
                  least={field.optional ? 0 : 1}
                />
              </div>
              <RowFields path={[...path, index]} place={place} item={item} input={input} />
            </li>
          )
        })}
      </ol>
      {rows.length > MOST_ROWS ? <p>{rows.length - MOST_ROWS} more are in the text.</p> : null}
      <button type="button" className="small-button" onClick={add}>
        add <span className="visually-hidden">to {field.name}</span>
      </button>
    </fieldset>
  )
}

function RowFields(
  props: Pick<ListInputProps, 'path' | 'item' | 'input'> & { readonly place: string },
): ReactElement {
  const { path, item, input, place } = props
  const { document } = useEditing()
  if (item.kind !== 'group')
    return <div className="edit-fields">{input(path, { name: place, optional: false, shape: item })}</div>
  const row = valueAt(document, path)
  const isStated = ({ name, optional }: Field): boolean =>
    !optional || item.fields.length <= FEW_FIELDS || (isObject(row) && Object.hasOwn(row, name))
  const others = item.fields.filter((field) => !isStated(field))
  const draw = (field: Field): ReactElement | null => input([...path, field.name], field)
  return (
    <>
      <div className="edit-fields">{item.fields.filter(isStated).map(draw)}</div>
      {others.length === 0 ? null : (
        <details className="edit-more">
          <summary>more of {place}</summary>
          <div className="edit-fields">{others.map(draw)}</div>
        </details>
      )}
    </>
  )
}

/** The least that such a place may hold. */
function firstOf(shape: FieldShape): unknown {
  switch (shape.kind) {
    case 'number':
      return shape.least
    case 'choice':
      return shape.options[0]
    case 'flag':
    case 'mark':
      return true
    case 'fixed':
      return shape.value
    case 'group':
      return Object.fromEntries(
        shape.fields.filter(({ optional }) => !optional).map((one) => [one.name, firstOf(one.shape)]),
      )
    case 'list':
      return [firstOf(shape.item)]
    default:
      return ''
  }
}
