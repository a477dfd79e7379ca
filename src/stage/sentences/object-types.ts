/** What an object is, in words, for the inspector. */
import { ObjectType } from '../../record/places.ts'

export const TYPE_WORDS: Readonly<Record<ObjectType, string>> = {
  [ObjectType.free]: 'nothing',
  [ObjectType.io]: 'application I/O',
  [ObjectType.original]: 'original bio',
  [ObjectType.clone]: 'bio clone',
  [ObjectType.fragment]: 'fragment',
  [ObjectType.request]: 'request',
  [ObjectType.request_clone]: 'request clone',
  [ObjectType.flush_request]: 'flush request',
}
