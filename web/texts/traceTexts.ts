import type { Language } from '../render/view.ts';

/** Words of the page of a trace in one language. They are no part of the product's page, so that the phone does not load them. */
export interface TraceTexts {
  title: string;
  intro: string;
  ask: string;
  askHint: string;
  search: string;
  notFound: string;
  refused: string;
  nothing: string;
  demoNote: string;
  notProven: (node: string) => string;
  time: {
    heading: string;
    at: string;
    atHint: string;
    asOf: string;
    asOfHint: string;
    slide: string;
    apply: string;
    now: string;
    shown: (time: string) => string;
    known: (time: string) => string;
    moment: string;
  };
  picture: {
    heading: string;
    label: string;
    legend: { certain: string; possible: string; gap: string; sealed: string; declared: string };
    left: (count: string) => string;
    scroll: string;
  };
  goods: {
    depth: (steps: number) => string;
    none: string;
    inUnit: string;
    at: string;
    recordedBy: string;
    standing: string;
    trace: string;
    page: string;
    next: string;
    first: string;
    count: (shown: number, all: string) => string;
    steps: string;
  };
  kinds: Record<'unit' | 'lot' | 'item' | 'product' | 'place' | 'transformation' | 'other', string>;
  sealed: (count: number) => string;
  stops: { HOLD: (shore: string) => string; RECALL: (shore: string, recallClass: number) => string };
  stopped: string;
  shores: Record<'CN' | 'KR', string>;
  log: {
    heading: string;
    intro: string;
    caption: string;
    when: string;
    what: string;
    goods: string;
    where: string;
    parties: string;
    recordedBy: string;
    declared: string;
    unnamed: string;
    none: string;
  };
  exports: { heading: string; table: string; proofs: string; json: string; ids: string; print: string; printed: string };
  member: (number: number) => string;
  block: (height: string, time: string) => string;
}

const en: TraceTexts = {
  title: 'Trace',
  intro: 'Where goods came from, where they went, and who answers for each step.',
  ask: 'Goods, certificate or report',
  askHint: 'A code from a pack, a lot or logistic unit in any spelling, or the number of a certificate or report.',
  search: 'Trace',
  notFound: 'This node knows neither goods nor a document by that. Check the spelling; records may also not have arrived yet.',
  refused: 'That identifier cannot be right:',
  nothing: 'Nothing was recorded of these goods by this time.',
  demoNote: 'Demonstration. Companies, lots and numbers are fictional.',
  notProven: (node) => `According to node ${node}. To check it yourself, download the proofs below or run “tidemark trace”.`,
  time: {
    heading: 'At what time',
    at: 'What had happened by',
    atHint: 'the end of this day, UTC',
    asOf: 'What was known by',
    asOfHint: 'records that were on the ledger by the end of this day, UTC',
    slide: 'Move through time',
    apply: 'Show',
    now: 'Show everything known now',
    shown: (time) => `What had happened by ${time}.`,
    known: (time) => `What was known by ${time}.`,
    moment: 'As it was then',
  },
  picture: {
    heading: 'Picture',
    label: 'Picture of the trace: above where the goods came from, below where they went. The lists after it say the same in words.',
    legend: {
      certain: 'certain',
      possible: 'possible',
      gap: 'not known further',
      sealed: 'sealed documents',
      declared: 'declared in error',
    },
    left: (count) => `The picture leaves out ${count} more, which the lists below name.`,
    scroll: 'Picture; can be scrolled',
  },
  goods: {
    depth: (steps) => (steps === 0 ? 'Asked about' : steps === 1 ? '1 step away' : `${steps} steps away`),
    none: 'Nothing.',
    inUnit: 'in',
    at: 'at',
    recordedBy: 'recorded by',
    standing: 'Records on the ledger',
    trace: 'Trace it',
    page: 'Product page',
    next: 'Next goods',
    first: 'Back to the first',
    count: (shown, all) => `${shown} of ${all} shown.`,
    steps: 'Steps',
  },
  kinds: {
    unit: 'Logistic unit',
    lot: 'Lot',
    item: 'Item',
    product: 'Product',
    place: 'Place',
    transformation: 'Processing',
    other: 'Goods',
  },
  sealed: (count) => (count === 1 ? '1 sealed document' : `${count} sealed documents`),
  stops: {
    HOLD: (shore) => `On hold in ${shore}`,
    RECALL: (shore, recallClass) => `Recalled in ${shore}, class ${recallClass}`,
  },
  stopped: 'Stopped',
  shores: { CN: 'China', KR: 'Korea' },
  log: {
    heading: 'Every step and who answers for it',
    intro: 'In the order in which it happened. Who recorded a step signed for it on the ledger.',
    caption: 'Events of these goods',
    when: 'When',
    what: 'What',
    goods: 'Goods',
    where: 'Where',
    parties: 'From and to',
    recordedBy: 'Recorded by',
    declared: 'declared in error, not followed',
    unnamed: 'not said',
    none: 'No event is recorded.',
  },
  exports: {
    heading: 'Take it along',
    table: 'Table (CSV)',
    proofs: 'Answer with proofs (NDJSON)',
    json: 'Answer (JSON)',
    ids: 'All identifiers (text)',
    print: 'To keep it as PDF, print this page and choose “Save as PDF”.',
    printed: 'This page stands at the address in the code.',
  },
  member: (number) => `Member ${number}`,
  block: (height, time) => `As of block ${height}, ${time}.`,
};

const zh: TraceTexts = {
  title: '追溯',
  intro: '货物从哪里来，到哪里去，每一步由谁负责。',
  ask: '货物、证书或检测报告',
  askHint: '包装上的编码，任意写法的批次或物流单元编号，或证书、报告的编号。',
  search: '追溯',
  notFound: '本节点没有与此相符的货物或文件。请核对写法；记录也可能尚未到达。',
  refused: '该编码不可能正确：',
  nothing: '截至该时间，没有关于这些货物的记录。',
  demoNote: '演示数据。企业、批次和编号均为虚构。',
  notProven: (node) => `以上为节点 ${node} 的说法。如需自行核验，请下载下方的证明，或运行 “tidemark trace”。`,
  time: {
    heading: '时间',
    at: '截至何时已发生',
    atHint: '当日结束，UTC',
    asOf: '截至何时已知',
    asOfHint: '当日结束（UTC）前已在账本上的记录',
    slide: '沿时间移动',
    apply: '显示',
    now: '显示目前已知的全部',
    shown: (time) => `截至 ${time} 已发生的情况。`,
    known: (time) => `截至 ${time} 已知的情况。`,
    moment: '看当时情况',
  },
  picture: {
    heading: '图示',
    label: '追溯图：上方为来源，下方为去向。后面的列表以文字说明同样的内容。',
    legend: { certain: '确定', possible: '可能', gap: '其后不明', sealed: '未开放文件', declared: '已声明有误' },
    left: (count) => `图中未画出的还有 ${count} 项，见下方列表。`,
    scroll: '图示，可滚动',
  },
  goods: {
    depth: (steps) => (steps === 0 ? '所查询的货物' : `相隔 ${steps} 步`),
    none: '无。',
    inUnit: '位于',
    at: '地点',
    recordedBy: '记录者',
    standing: '账本上的记录',
    trace: '追溯该项',
    page: '产品页面',
    next: '下一页',
    first: '回到第一页',
    count: (shown, all) => `显示 ${all} 项中的 ${shown} 项。`,
    steps: '步骤',
  },
  kinds: { unit: '物流单元', lot: '批次', item: '单件', product: '产品', place: '地点', transformation: '加工', other: '货物' },
  sealed: (count) => `${count} 份未开放文件`,
  stops: {
    HOLD: (shore) => `${shore}已扣留`,
    RECALL: (shore, recallClass) => `${shore}已召回（${recallClass} 级）`,
  },
  stopped: '已停止流通',
  shores: { CN: '中国', KR: '韩国' },
  log: {
    heading: '每一步及其责任方',
    intro: '按发生顺序排列。记录者在账本上为该步骤签名负责。',
    caption: '这些货物的事件',
    when: '时间',
    what: '事项',
    goods: '货物',
    where: '地点',
    parties: '交出与接收',
    recordedBy: '记录者',
    declared: '已声明有误，不再追随',
    unnamed: '未说明',
    none: '没有事件记录。',
  },
  exports: {
    heading: '带走这份结果',
    table: '表格（CSV）',
    proofs: '结果及证明（NDJSON）',
    json: '结果（JSON）',
    ids: '全部编号（文本）',
    print: '如需保存为 PDF，请打印本页并选择“另存为 PDF”。',
    printed: '扫码可打开本页地址。',
  },
  member: (number) => `成员 ${number}`,
  block: (height, time) => `截至区块 ${height}，${time}。`,
};

const ko: TraceTexts = {
  title: '추적',
  intro: '물품이 어디에서 왔고 어디로 갔으며, 각 단계를 누가 책임지는지 보여 줍니다.',
  ask: '물품, 증명서 또는 성적서',
  askHint: '포장의 코드, 어떤 표기든 로트나 물류 단위의 번호, 증명서나 성적서의 번호.',
  search: '추적',
  notFound: '이 노드에는 그에 해당하는 물품이나 문서가 없습니다. 표기를 확인하십시오. 기록이 아직 도착하지 않았을 수도 있습니다.',
  refused: '이 식별자는 올바를 수 없습니다:',
  nothing: '이 시각까지 이 물품에 대한 기록이 없습니다.',
  demoNote: '시연용입니다. 회사, 로트, 번호는 모두 가상입니다.',
  notProven: (node) => `노드 ${node}의 답입니다. 직접 확인하려면 아래의 증명을 내려받거나 “tidemark trace”를 실행하십시오.`,
  time: {
    heading: '시점',
    at: '일어난 일의 기준일',
    atHint: '해당 일의 끝, UTC',
    asOf: '알려진 일의 기준일',
    asOfHint: '해당 일의 끝(UTC)까지 원장에 있던 기록',
    slide: '시간 이동',
    apply: '보기',
    now: '지금 알려진 모두 보기',
    shown: (time) => `${time}까지 일어난 일입니다.`,
    known: (time) => `${time}까지 알려진 일입니다.`,
    moment: '당시 상태 보기',
  },
  picture: {
    heading: '그림',
    label: '추적 그림: 위는 물품이 온 곳, 아래는 간 곳입니다. 뒤의 목록이 같은 내용을 글로 말합니다.',
    legend: { certain: '확실', possible: '가능', gap: '그 뒤는 알 수 없음', sealed: '비공개 문서', declared: '오류로 신고됨' },
    left: (count) => `그림에 없는 ${count}개가 더 있으며, 아래 목록에 있습니다.`,
    scroll: '그림, 스크롤 가능',
  },
  goods: {
    depth: (steps) => (steps === 0 ? '조회한 물품' : `${steps}단계 떨어짐`),
    none: '없음.',
    inUnit: '담긴 단위',
    at: '장소',
    recordedBy: '기록자',
    standing: '원장의 기록',
    trace: '이것을 추적',
    page: '제품 페이지',
    next: '다음 물품',
    first: '처음으로',
    count: (shown, all) => `${all}개 중 ${shown}개 표시.`,
    steps: '단계',
  },
  kinds: { unit: '물류 단위', lot: '로트', item: '개별 물품', product: '제품', place: '장소', transformation: '가공', other: '물품' },
  sealed: (count) => `비공개 문서 ${count}건`,
  stops: {
    HOLD: (shore) => `${shore}에서 보류됨`,
    RECALL: (shore, recallClass) => `${shore}에서 회수 중(${recallClass}등급)`,
  },
  stopped: '유통 중지',
  shores: { CN: '중국', KR: '한국' },
  log: {
    heading: '모든 단계와 책임자',
    intro: '일어난 순서입니다. 기록자는 원장에 그 단계를 서명하여 책임집니다.',
    caption: '이 물품의 이벤트',
    when: '시각',
    what: '내용',
    goods: '물품',
    where: '장소',
    parties: '보낸 곳과 받은 곳',
    recordedBy: '기록자',
    declared: '오류로 신고되어 따르지 않음',
    unnamed: '기록 없음',
    none: '기록된 이벤트가 없습니다.',
  },
  exports: {
    heading: '결과 가져가기',
    table: '표(CSV)',
    proofs: '답과 증명(NDJSON)',
    json: '답(JSON)',
    ids: '모든 식별자(텍스트)',
    print: 'PDF로 보관하려면 이 페이지를 인쇄하고 “PDF로 저장”을 선택하십시오.',
    printed: '코드의 주소에서 이 페이지를 볼 수 있습니다.',
  },
  member: (number) => `회원 ${number}`,
  block: (height, time) => `블록 ${height} 기준, ${time}.`,
};

const ALL: Readonly<Record<Language, TraceTexts>> = { zh, ko, en };

/** The words of a trace's page. */
export function traceTexts(language: Language): TraceTexts {
  return ALL[language];
}
