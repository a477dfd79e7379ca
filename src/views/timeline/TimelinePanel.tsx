/** The door of the timeline for the table of panels. */
export { TimelineBody } from './TimelineBody.tsx'
export { TimelineHead } from './TimelineHead.tsx'
