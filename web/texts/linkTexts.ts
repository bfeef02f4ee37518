import type { ElementString } from '../../protocol/gs1/elementString.ts';
import type { Language } from '../render/view.ts';

/** What a link leads to. */
export type LinkSubject =
  | 'pip'
  | 'traceability'
  | 'epcis'
  | 'certificationInfo'
  | 'certificate'
  | 'report'
  | 'passport'
  | 'recallStatus'
  | 'safetyInfo'
  | 'verificationService'
  | 'masterData'
  | 'dpp';

/** Words of links and of the pages that list them, in one language. They are no part of the product's page, so that the phone does not load them. */
export interface LinkTexts {
  titles: Readonly<Record<LinkSubject, string>>;
  /** What an identifier names: `Product 0952…, lot HB…`. */
  item: (key: readonly ElementString[]) => string;
  choices: { title: string; text: string };
  refused: { title: string; text: string; code: string };
  lots: { title: string; heading: string; more: string };
}

const en: LinkTexts = {
  titles: {
    pip: 'Product page',
    traceability: 'Its journey',
    epcis: 'Recorded events (EPCIS)',
    certificationInfo: 'Certificates and reports',
    certificate: 'Certificate of origin',
    report: 'Laboratory report',
    passport: 'Product passport',
    recallStatus: 'Holds and recalls',
    safetyInfo: 'Laboratory tests',
    verificationService: 'Documents and proofs, to be checked by anyone',
    masterData: 'Master data as filed',
    dpp: 'Product passport',
  },
  item: itemIn({ '00': 'Logistic unit', '01': 'Product', '10': 'lot', '21': 'serial number', '414': 'Place', '417': 'Party' }),
  choices: { title: 'Several answers', text: 'There is more than one. Choose:' },
  refused: {
    title: 'This code cannot be right',
    text: 'A character or a check digit in it is wrong, so nothing was looked up. Scan it again, or compare it with the number on the pack.',
    code: 'Reason',
  },
  lots: {
    title: 'Which lot is it?',
    heading: 'Recorded lots',
    more: 'There are more lots than are listed here.',
  },
};

const zh: LinkTexts = {
  titles: {
    pip: '产品页面',
    traceability: '流转过程',
    epcis: '事件记录（EPCIS）',
    certificationInfo: '证书与报告',
    certificate: '原产地证书',
    report: '检测报告',
    passport: '产品护照',
    recallStatus: '扣留与召回',
    safetyInfo: '检测结果',
    verificationService: '文件与证明，任何人均可核验',
    masterData: '备案资料',
    dpp: '产品护照',
  },
  item: itemIn({ '00': '物流单元', '01': '产品', '10': '批次', '21': '序列号', '414': '地点', '417': '参与方' }),
  choices: { title: '有多个结果', text: '不止一个，请选择：' },
  refused: { title: '该码有误', text: '其中的字符或校验位有误，因此没有查询。请重新扫描，或与包装上的编号核对。', code: '原因' },
  lots: {
    title: '请选择批次',
    heading: '有记录的批次',
    more: '此处未列出全部批次。',
  },
};

const ko: LinkTexts = {
  titles: {
    pip: '제품 페이지',
    traceability: '이동 경로',
    epcis: '이벤트 기록(EPCIS)',
    certificationInfo: '증명서와 성적서',
    certificate: '원산지증명서',
    report: '시험성적서',
    passport: '제품 여권',
    recallStatus: '보류 및 회수',
    safetyInfo: '시험 결과',
    verificationService: '누구나 검증할 수 있는 문서와 증명',
    masterData: '등록 정보',
    dpp: '제품 여권',
  },
  item: itemIn({ '00': '물류 단위', '01': '제품', '10': '로트', '21': '일련번호', '414': '장소', '417': '당사자' }),
  choices: { title: '여러 결과가 있습니다', text: '하나 이상입니다. 선택하십시오.' },
  refused: {
    title: '올바르지 않은 코드입니다',
    text: '문자나 검사 숫자가 잘못되어 조회하지 않았습니다. 다시 스캔하거나 포장의 번호와 비교하십시오.',
    code: '사유',
  },
  lots: {
    title: '로트를 선택하십시오',
    heading: '기록된 로트',
    more: '여기에 모든 로트가 나열되지는 않았습니다.',
  },
};

const ALL: Readonly<Record<Language, LinkTexts>> = { zh, ko, en };

/** The words of one language. */
export function linkTexts(language: Language): LinkTexts {
  return ALL[language];
}

/** A key that has no word is told by its Application Identifier. */
function itemIn(words: Readonly<Record<string, string>>): LinkTexts['item'] {
  return (key) => key.map(({ ai, value }) => `${words[ai] ?? `(${ai})`} ${value}`).join(', ');
}
