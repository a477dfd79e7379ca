/** A question mark beside a figure or a heading; what it asks is answered in the inspector. */
import type { ReactElement } from 'react'
import type { Topic } from '../../stage/why/why.ts'

export function WhyButton({ topic, of }: { readonly topic: Topic; readonly of: string }): ReactElement {
  return (
    <button type="button" className="why" data-why={topic} aria-label={`why: ${of}`} title={`why? ${of}`}>
      ?
    </button>
  )
}
