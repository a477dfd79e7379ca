/** Which step of the stack an I/O or a request is in. */
export const SpanStage = {
  /** In device-mapper: queued, cloned. */
  dm: 0,
  /** A path is being chosen. */
  choose: 1,
  /** In a plug, a scheduler, a queue: with others or alone. */
  merge: 2,
  /** A device has it. */
  device: 3,
  /** Back again: requeued, or waiting for a path. */
  retry: 4,
  end: 5,
} as const
export type SpanStage = (typeof SpanStage)[keyof typeof SpanStage]

/** Stages that last. */
export const SPAN_STAGES = 5
