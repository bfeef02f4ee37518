import type { JudgementWords } from './words.ts';

/** 한국어 판정 문구. */
export const ko: JudgementWords = {
  codes: {
    CONFORM: '도착국 기준에 적합',
    NONCONFORM: '도착국 기준에 부적합',
    INCONCLUSIVE: '이 성적서로는 판단할 수 없음',
    MISSING_ITEM: '도착국이 요구하는 시험 항목이 없음',
    NOT_JUDGED: '판정하지 않음',
  },
  reasons: {
    ABOVE_LIMIT: '값이 기준을 넘습니다.',
    ABOVE_PLAN_MAXIMUM: '하나 이상의 시료가 검체 채취 계획의 최대 허용치 M을 넘습니다.',
    TOO_MANY_ABOVE: 'm을 넘는 시료가 검체 채취 계획의 허용 수보다 많습니다.',
    OUT_OF_RANGE: '값이 정해진 범위를 벗어납니다.',
    DETECTED: '검출되어서는 안 되는 항목이 검출되었습니다.',
    ITEM_MISSING: '도착국이 이 시험을 요구하지만 성적서에 없습니다. 시험소에 추가를 요청하십시오.',
    TOO_FEW_SAMPLES: '검체 채취 계획보다 적은 시료를 시험했습니다. 시험소에 나머지 시험을 요청하십시오.',
    LOQ_ABOVE_LIMIT: '정량한계가 기준보다 높습니다. 더 민감한 시험법을 요청하십시오.',
    LOD_ABOVE_LIMIT: '검출한계가 기준보다 높습니다. 더 민감한 시험법을 요청하십시오.',
    NO_BOUND: '성적서에 검출한계가 없습니다. 시험소에 검출한계를 요청하십시오.',
    PRESENCE_OPEN: '정량되지 않았지만 있을 수 있고, 이 항목은 검출되어서는 안 됩니다. 시험소에 검출 여부를 문의하십시오.',
    OTHER_UNIT: '성적서의 단위를 기준의 단위로 환산할 수 없습니다. 시험소에 그 단위의 값을 요청하십시오.',
    OTHER_BASIS: '값의 기준 상태(건조 중량 등)가 기준과 다릅니다. 시험소에 같은 기준 상태의 값을 요청하십시오.',
    OTHER_PORTION: '기준이 정한 양과 다른 양의 시료를 시험했습니다. 정해진 양으로 시험을 요청하십시오.',
    NO_FIGURE: '기준에는 수치가 필요하지만 성적서에는 글만 있습니다. 시험소에 값을 요청하십시오.',
    WITHIN_LIMIT: '값이 기준 이내입니다.',
    WITHIN_PLAN: '시료가 검체 채취 계획을 지킵니다.',
    IN_RANGE: '값이 정해진 범위 안에 있습니다.',
    BELOW_LOQ: '정량한계 미만이며, 정량한계는 기준 이내입니다.',
    NOT_DETECTED: '검출되지 않았습니다.',
    LIMIT_UNKNOWN: '도착국에 기준이 있으나 여기서는 수치를 알지 못합니다. 도착국 관할 기관에 문의하십시오.',
    NOT_TESTED: '시험하지 않았고, 요구되지도 않습니다.',
    NOT_IN_PROFILE: '여기에는 이 항목에 대한 도착국 기준이 없습니다. 참고용입니다.',
    NOT_IN_FORCE: '이 기준은 그 날짜에 시행되지 않습니다. 그 날짜에 맞는 판을 고르십시오.',
  },
  confidence: {
    confirmed: '기준을 출처에서 확인했습니다.',
    unconfirmed: '기준을 출처에서 확인하지 못했습니다. 확인될 때까지 의존하지 마십시오.',
  },
};
