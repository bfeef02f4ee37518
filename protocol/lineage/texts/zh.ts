import type { LineageWords } from './words.ts';

/** The words of a trace in Chinese. */
export const zh: LineageWords = {
  directions: { source: '来源追溯', destination: '去向追踪' },
  certainties: { certain: '确定', possible: '可能' },
  steps: { aggregation: '装入同一单元', transformation: '加工成', transfer: '移至', membership: '属于该批次', association: '随行' },
  gaps: {
    NOT_RECEIVED: '已发货，无人确认收到。',
    UNKNOWN_CONTENTS: '无人说明该单元内装何物。',
    UNKNOWN_START: '已在单元内，无人说明从何时起。',
    UNKNOWN_ORIGIN: '在此处出现，无人说明从何而来。',
    CORRECTIVE_MISSING: '有事件被声明有误，更正尚未到达。',
  },
  findings: {
    OUTPUT_EXCEEDS_INPUT: '出多于进。',
    REAPPEARED: '已销毁或停用的货物再次出现。',
    FOREIGN_DECLARATION: '非记录者本人声明该事件有误：该事件仍然有效。',
  },
  answers: {
    VALID: '答案完整：其中每一段历史均已对照账本证明。',
    INVALID: '答案不可信：有内容被遗漏或误报。',
    CANNOT_CHECK: '所示内容均已证明；部分文件未开放，或部分货物没有记录。',
  },
  differences: {
    MISSING: '节点遗漏了此项。',
    ADDED: '没有任何已证明的内容支持此项。',
    CHANGED: '节点所述与已证明的不同。',
    HISTORY_OMITTED: '已证明的事件提到这些货物，而节点未给出包含该事件的历史。',
    HISTORY_UNPROVEN: '节点给出的历史与账本所计不符。',
  },
  words: {
    goods: '货物',
    events: '事件',
    entries: '记录',
    sealed: '未开放',
    gaps: '未知之处',
    findings: '需要核查',
    lastSeen: '最后出现',
    heldBy: '持有者',
    at: '地点',
    unknownPlace: '地点不明',
    more: '更多',
    asOf: '截至',
    proven: '段历史已证明',
  },
};
