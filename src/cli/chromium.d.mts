export declare const howToGetOne: string
export declare function findChromium(): string | undefined
export declare function installChromium(): string
