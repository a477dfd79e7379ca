/** Children are placed in the lane's own coordinates, wherever their parent is. */
import type { ReactElement, ReactNode } from 'react'
import type { Rect } from '../../stage/rect.ts'

export function Inside({ of, children }: { readonly of: Rect; readonly children: ReactNode }): ReactElement {
  return (
    <div className="inside" style={{ left: -of.x, top: -of.y }}>
      {children}
    </div>
  )
}
