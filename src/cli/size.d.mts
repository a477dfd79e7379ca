export declare const limitKiB: number
export declare function firstLoad(folder?: string): {
  readonly kib: number
  readonly files: readonly { readonly path: string; readonly kib: number }[]
}
