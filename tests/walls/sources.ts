/** Reads every source file under a folder and what it imports. Parsing only: no types are needed to see an edge. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'

export interface Edge {
  readonly specifier: string
  /** Path below the folder for one of our files, undefined for a package. */
  readonly target: string | undefined
  readonly typeOnly: boolean
  readonly line: number
}

export interface Source {
  /** Path below the folder, with forward slashes. */
  readonly path: string
  readonly edges: readonly Edge[]
  readonly tree: ts.SourceFile
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}

export function readSources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => parseSource(path, readFileSync(join(folder, path), 'utf8')))
}

export function parseSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const edges: Edge[] = []
  const add = (at: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return
    const line = tree.getLineAndCharacterOfPosition(at.getStart(tree)).line + 1
    edges.push({ specifier: specifier.text, target: resolve(path, specifier.text), typeOnly, line })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    } else if (ts.isExportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.isTypeOnly)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, true)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false)
    } else if (ts.isNewExpression(node) && isUrlOfModule(node, tree)) {
      add(node, node.arguments?.[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return { path, edges, tree }
}

/** `new URL('./host.ts', import.meta.url)` is how a worker is imported. */
function isUrlOfModule(node: ts.NewExpression, tree: ts.SourceFile): boolean {
  const [first, second] = node.arguments ?? []
  return (
    node.expression.getText(tree) === 'URL' &&
    second?.getText(tree) === 'import.meta.url' &&
    first !== undefined &&
    ts.isStringLiteralLike(first) &&
    /\.tsx?$/.test(first.text)
  )
}

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''))
}
