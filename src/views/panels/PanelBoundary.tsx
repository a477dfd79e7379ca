/** One panel broke: the rest of the page goes on, and what happened can be copied for a report. */
import { Component, type ErrorInfo, type ReactNode } from 'react'

interface Props {
  /** What it is, as a visitor would call it. */
  readonly name: string
  readonly onClose?: () => void
  readonly children: ReactNode
}

interface State {
  readonly error: Error | undefined
  readonly where: string
  readonly copied: boolean
}

const WHOLE: State = { error: undefined, where: '', copied: false }

export class PanelBoundary extends Component<Props, State> {
  override state: State = WHOLE

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(_: Error, { componentStack }: ErrorInfo): void {
    this.setState({ where: componentStack ?? '' })
  }

  private readonly again = (): void => this.setState(WHOLE)

  private readonly close = (): void => {
    this.setState(WHOLE)
    this.props.onClose?.()
  }

  private readonly copy = (): void => {
    const { error, where } = this.state
    const details = [
      `bioscope, ${this.props.name}`,
      error?.stack ?? error?.message,
      where,
      location.href,
    ].join('\n')
    navigator.clipboard.writeText(details).then(
      () => this.setState({ copied: true }),
      () => this.setState({ copied: false }),
    )
  }

  override render(): ReactNode {
    const { error, copied } = this.state
    if (error === undefined) return this.props.children
    const { name, onClose } = this.props
    return (
      <div className="panel-broken" role="alert">
        <p>
          <b>The {name} stopped.</b> {error.message}
        </p>
        <p>This is a mistake in the page; everything else goes on.</p>
        <button type="button" className="small-button" onClick={this.again}>
          Try again
        </button>
        <button type="button" className="small-button" onClick={this.copy}>
          {copied ? 'Copied' : 'Copy details'}
        </button>
        {onClose === undefined ? null : (
          <button type="button" className="small-button" onClick={this.close}>
            Close
          </button>
        )}
      </div>
    )
  }
}
