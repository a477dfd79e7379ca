/** The stack of a run as the answers see it. */
import { Partition } from '../block/partition.ts'
import type { MappedDevice } from '../dm/mapped-device.ts'
import { NvmeHead } from '../drivers/nvme-head.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import type { Stack, UpperDevice } from '../workload/stack.ts'
import type { MachineView, MapView, NodeView } from './machine-view.ts'

export function viewOf(stack: Stack): MachineView {
  const { uppers, paths, map } = stack
  const readAheadKb = stack.readAheadPages * 4
  // The paths of a head are hidden: only the head is a disk for the tools.
  const hidden = new Set(uppers.flatMap((one) => (one instanceof NvmeHead ? one.paths : [])))
  const disks = paths.filter((disk) => ![...hidden].some(({ index }) => index === disk.index))
  const nodes = [...uppers.map((one) => upperNode(one, readAheadKb)), ...disks.map(diskNode)]
  nodes.sort((a, b) => a.index - b.index)
  const maps = stack.maps.map((md): MapView => {
    const node = nodes.find(({ index }) => index === md.index)!
    const target = md === map ? md.target : undefined
    return { name: md.mapName, node, md, target, status: md.status, table: md.tableText }
  })
  return { nodes, maps }
}

function upperNode(device: UpperDevice, readAheadKb: number): NodeView {
  const { index, name, dev, sizeSectors, queue } = device
  const common = { index, name, dev, sizeSectors, queue, readAheadKb, disk: undefined }
  if (device instanceof NvmeHead) return { ...common, type: 'disk', shown: name, below: [] }
  if (device instanceof Partition) return { ...common, type: 'part', shown: name, below: [device.disk.index] }
  return { ...common, ...mapPart(device) }
}

function mapPart(md: MappedDevice): Pick<NodeView, 'type' | 'shown' | 'below'> {
  const below = [...new Set(md.devices.map((device) => device.index))]
  return { type: md.isMultipath ? 'mpath' : 'lvm', shown: md.mapName, below }
}

function diskNode(disk: PathDevice): NodeView {
  const { index, name, dev, sizeSectors, queue, readAheadKb } = disk
  return { index, name, dev, type: 'disk', shown: name, sizeSectors, queue, readAheadKb, below: [], disk }
}
