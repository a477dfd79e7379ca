/** `lsblk` and `lsblk -t` (util-linux 2.38). Each device stands under every device it is made of. */
import { IoQueue } from '../block/io-queue.ts'
import { inColumns, sizeText } from './columns.ts'
import type { MachineView, NodeView } from './machine-view.ts'
import { shownRequests } from './sysfs-files.ts'

interface Row {
  readonly node: NodeView
  readonly name: string
}

export function lsblk(view: MachineView): string {
  const head = ['NAME', '>MAJ:MIN', '>RM', '>SIZE', '>RO', 'TYPE', 'MOUNTPOINTS']
  const rows = treeOf(view).map(({ name, node }) => {
    const [major = '', minor = ''] = node.dev.split(':')
    return [name, `${major}:${minor.padEnd(3)}`, '0', sizeText(node.sizeSectors * 512), '0', node.type, '']
  })
  return inColumns(head, rows)
}

export function lsblkTopology(view: MachineView): string {
  const head = [
    'NAME',
    '>ALIGNMENT',
    '>MIN-IO',
    '>OPT-IO',
    '>PHY-SEC',
    '>LOG-SEC',
    '>ROTA',
    'SCHED',
    '>RQ-SIZE',
    '>RA',
    '>WSAME',
  ]
  const rows = treeOf(view).map(({ name, node: { queue, readAheadKb } }) => {
    const { ioMinBytes, ioOptBytes, physicalBlockSize, logicalBlockSize, rotational } = queue.limits
    const numbers = [0, ioMinBytes, ioOptBytes, physicalBlockSize, logicalBlockSize, Number(rotational)]
    const scheduler = queue instanceof IoQueue ? queue.scheduler : ''
    return [
      name,
      ...numbers.map(String),
      scheduler,
      String(shownRequests(queue.nrRequests)),
      String(readAheadKb),
      '0B',
    ]
  })
  return inColumns(head, rows)
}

function treeOf({ nodes }: MachineView): Row[] {
  const rows: Row[] = []
  const visit = (node: NodeView, lead: string, mark: string): void => {
    rows.push({ node, name: `${lead}${mark}${node.shown}` })
    const above = nodes.filter(({ below }) => below.includes(node.index))
    const under = mark === '' ? '' : `${lead}${mark === '└─' ? '  ' : '│ '}`
    above.forEach((one, at) => {
      visit(one, under, at === above.length - 1 ? '└─' : '├─')
    })
  }
  for (const node of nodes) if (node.below.length === 0 && node.disk?.alive !== false) visit(node, '', '')
  return rows
}
