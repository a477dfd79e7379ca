export declare const limitKb: number
export declare function firstLoad(folder?: string): {
  readonly kb: number
  readonly files: readonly { readonly path: string; readonly kb: number }[]
}
export declare function workerKb(folder?: string): number
