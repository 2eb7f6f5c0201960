import type { Row, TransferOrder } from './account.js';

const address = (serial: number): string => `0x${serial.toString(16).padStart(40, '0')}`;
const hash = (serial: number): string => `0x${serial.toString(16).padStart(64, '0')}`;

export function depositRow(
  asset: string,
  amount: string,
  time: number,
  serial: number,
  order: TransferOrder,
): Row {
  return {
    coin: asset,
    chain: 'ETH',
    amount,
    txID: hash(serial),
    status: order.status === undefined ? 3 : Number(order.status),
    toAddress: address(serial),
    tag: '',
    depositFee: '',
    successAt: String(time),
    confirmations: '50',
    txIndex: '0',
    blockHash: hash(serial + 1),
    batchReleaseLimit: '-1',
    depositType: '0',
    fromAddress: address(serial + 1),
    taxDepositRecordsId: '0',
    taxStatus: 0,
    id: String(160_237_000 + serial),
  };
}

export function withdrawalRow(
  asset: string,
  amount: string,
  time: number,
  serial: number,
  order: TransferOrder,
): Row {
  return {
    coin: asset,
    chain: 'ETH',
    amount,
    txID: hash(serial),
    status: order.status ?? 'success',
    toAddress: address(serial),
    tag: '',
    withdrawFee: order.fee ?? '0',
    createTime: String(time),
    updateTime: String(time + 60_000),
    withdrawId: String(131_629_000 + serial),
    withdrawType: 0,
    fee: '',
    tax: '',
    taxRate: '',
    taxType: '',
  };
}
