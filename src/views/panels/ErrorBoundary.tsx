/** A view threw: say so, and offer a way on. The engine's own errors never come here, they are told by a banner. */
import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
}

interface State {
  readonly error: Error | undefined
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <main className="broken" role="alert">
        <h1>bioscope stopped drawing</h1>
        <p>{error.message}</p>
        <p>This is a mistake in the page, not in your scenario. The link still holds what you had open.</p>
        <button type="button" className="small-button" onClick={() => location.reload()}>
          Load the page again
        </button>{' '}
        <a href="#">Start with the first scenario</a>
      </main>
    )
  }
}
