import type { Row, TransferOrder } from './account.js';
import type { TransferState } from './events.js';

export const DEPOSIT_STATUS: Readonly<Record<TransferState, number>> = {
  pending: 1,
  awaiting: 2,
  credited: 10012,
  done: 3,
  cancelled: 4,
  rejected: 4,
  failed: 4,
};

export const WITHDRAWAL_STATUS: Readonly<Record<TransferState, string>> = {
  pending: 'Pending',
  awaiting: 'SecurityCheck',
  credited: 'BlockchainConfirmed',
  done: 'success',
  cancelled: 'CancelByUser',
  rejected: 'Reject',
  failed: 'Fail',
};

/** Of a status that stands for no state of its own: on its way. */
export const depositState = ({ state, status }: TransferOrder): TransferState =>
  state ?? (status === undefined ? 'done' : (stateOf(DEPOSIT_STATUS, Number(status)) ?? 'pending'));

export const withdrawalState = ({ state, status }: TransferOrder): TransferState =>
  state ?? (status === undefined ? 'done' : (stateOf(WITHDRAWAL_STATUS, status) ?? 'pending'));

function stateOf<Status>(
  table: Readonly<Record<TransferState, Status>>,
  status: Status,
): TransferState | undefined {
  const entries = Object.entries(table) as [TransferState, Status][];
  return entries.find(([, known]) => known === status)?.[0];
}

export const address = (serial: number): string => `0x${serial.toString(16).padStart(40, '0')}`;
export const hash = (serial: number): string => `0x${serial.toString(16).padStart(64, '0')}`;

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
    status: Number(order.status ?? DEPOSIT_STATUS[depositState(order)]),
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
    status: order.status ?? WITHDRAWAL_STATUS[withdrawalState(order)],
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
