/** Looks for names by which time, chance or the outside could enter the engine. Comments and property names are free. */
import ts from 'typescript'
import { bannedInEngine } from './table.ts'
import type { Source } from './sources.ts'

export function bannedNames(source: Source): string[] {
  const found: string[] = []
  const report = (node: ts.Node, name: string): void => {
    const line = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1
    found.push(
      `src/${source.path}:${line}: "${name}" is not for the engine or what it imports; pass the value in.`,
    )
  }
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const whole = node.getText(source.tree)
      if (bannedInEngine.includes(whole)) report(node, whole)
      visit(node.expression)
      return
    }
    if (ts.isIdentifier(node) && bannedInEngine.includes(node.text) && !isJustAKey(node))
      report(node, node.text)
    ts.forEachChild(node, visit)
  }
  visit(source.tree)
  return found
}

function isJustAKey(node: ts.Identifier): boolean {
  const parent = node.parent
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent)) &&
    parent.name === node
  )
}
