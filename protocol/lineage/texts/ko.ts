import type { LineageWords } from './words.ts';

/** The words of a trace in Korean. */
export const ko: LineageWords = {
  directions: { source: '어디에서 왔는가', destination: '어디로 갔는가' },
  certainties: { certain: '확실', possible: '가능' },
  steps: { aggregation: '함께 포장됨', transformation: '가공됨', transfer: '이동', membership: '이 로트에 속함', association: '함께 이동' },
  gaps: {
    NOT_RECEIVED: '출하되었으나 도착했다는 기록이 없습니다.',
    UNKNOWN_CONTENTS: '이 단위에 무엇이 들어 있는지 기록이 없습니다.',
    UNKNOWN_START: '단위 안에 있으나 언제부터인지 기록이 없습니다.',
    UNKNOWN_ORIGIN: '이곳에 나타났으나 어디에서 왔는지 기록이 없습니다.',
    CORRECTIVE_MISSING: '오류로 신고된 이벤트가 있으나 정정이 아직 오지 않았습니다.',
  },
  findings: {
    OUTPUT_EXCEEDS_INPUT: '들어온 것보다 나간 것이 많습니다.',
    REAPPEARED: '폐기되었거나 사용이 끝난 물품이 다시 나타났습니다.',
    FOREIGN_DECLARATION: '기록한 당사자가 아닌 곳에서 오류로 신고했습니다. 이벤트는 그대로 유효합니다.',
  },
  answers: {
    VALID: '답이 완전합니다. 모든 이력이 원장에 대해 증명되었습니다.',
    INVALID: '답을 믿을 수 없습니다. 빠지거나 잘못 전해진 내용이 있습니다.',
    CANNOT_CHECK: '표시된 내용은 증명되었습니다. 일부 문서가 공개되지 않았거나 기록이 없는 물품이 있습니다.',
  },
  differences: {
    MISSING: '노드가 이 항목을 빠뜨렸습니다.',
    ADDED: '증명된 내용 중 이를 뒷받침하는 것이 없습니다.',
    CHANGED: '노드의 답이 증명된 내용과 다릅니다.',
    HISTORY_OMITTED: '증명된 이벤트가 이 물품을 언급하지만, 노드가 그 이벤트를 포함한 이력을 주지 않았습니다.',
    HISTORY_UNPROVEN: '노드가 준 이력이 원장의 집계와 다릅니다.',
  },
  words: {
    goods: '물품',
    events: '이벤트',
    entries: '기록',
    sealed: '비공개',
    gaps: '알 수 없는 부분',
    findings: '확인이 필요한 부분',
    lastSeen: '마지막 확인',
    heldBy: '보유자',
    at: '장소',
    unknownPlace: '장소 불명',
    more: '더 있음',
    asOf: '기준 시각',
    proven: '개 이력 증명됨',
  },
};
