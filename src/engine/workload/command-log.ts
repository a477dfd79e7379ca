/** What the log says of one command: that it is typed, and that it is refused. */
import { EventKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'

export class CommandLog {
  private readonly m: Machine
  private readonly top: number
  private readonly place: number

  /** @param place Which of the run's actions it is, from 1; 0: none of them. */
  constructor(m: Machine, top: number, place: number) {
    this.m = m
    this.top = top
    this.place = place
  }

  typed(text: string, dev: number = this.top): void {
    this.emit(EventKind.command, dev, 0, text)
  }

  happens(text: string, dev: number): void {
    this.emit(EventKind.command, dev, 1, text)
  }

  /** @param text What the tool prints; '' where it prints nothing, because the command is taken. */
  answered(text: string, dev: number = this.top): void {
    if (text !== '') this.emit(EventKind.command_refused, dev, 0, text)
  }

  private emit(kind: EventKind, dev: number, object: number, text: string): void {
    this.m.log.emit(kind, dev, 0, 0, object, 0, this.place, this.m.intern(text))
  }
}
