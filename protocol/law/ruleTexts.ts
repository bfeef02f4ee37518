import { LANGUAGES, type Language } from '../verdict/texts.ts';

/** What a rule of the ledger refuses, said to the person whose act it was: why, and what to do next. Codes are those of docs/spec/law.md section 6. */
const SENTENCES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ISSUER_NOT_AUTHORISED: {
    en: 'The body is not authorised for this agreement on the date of issue and now. Ask the authority of your shore.',
    zh: '该机构在签发日和当前未获该协定的签证授权。请联系本方主管机关。',
    ko: '이 기관은 발급일과 현재 이 협정의 발급 권한이 없습니다. 자국 주관 기관에 문의하십시오.',
  },
  NUMBER_TAKEN: {
    en: 'This certificate number has been given already. Use another, or correct the certificate that has it.',
    zh: '该证书编号已被使用。请使用其他编号，或更正已有的证书。',
    ko: '이미 사용된 증명서 번호입니다. 다른 번호를 쓰거나 기존 증명서를 정정하십시오.',
  },
  NOT_FOUND: {
    en: 'No certificate was registered here. It may not have arrived yet; this is no sign of forgery.',
    zh: '此处未登记该证书。数据可能尚未到达，这并不表示证书是伪造的。',
    ko: '등록된 증명서가 없습니다. 아직 도착하지 않았을 수 있으며 위조를 뜻하지 않습니다.',
  },
  REPORT_UNKNOWN: {
    en: 'No report was registered here with these facts (lot, tests, dates). Compare them with the report, or ask the laboratory to register it singly.',
    zh: '未登记具有这些要素（批次、项目、日期）的报告。请与报告核对，或请实验室单独登记。',
    ko: '이 사항(로트, 시험 항목, 날짜)으로 등록된 성적서가 없습니다. 성적서와 대조하거나 시험소에 개별 등록을 요청하십시오.',
  },
  SUPERSEDED: {
    en: 'A corrected certificate took the place of this one. Use that.',
    zh: '该证书已被更正后的证书取代，请使用更正后的证书。',
    ko: '정정된 증명서로 대체되었습니다. 그 증명서를 사용하십시오.',
  },
  NOT_STANDING: {
    en: 'The document is not anchored, or is suspended or revoked. Ask its issuer.',
    zh: '该文件未上链，或已被暂停或撤销。请联系签发方。',
    ko: '문서가 기록되지 않았거나 정지 또는 취소되었습니다. 발급자에게 문의하십시오.',
  },
  EXPIRED: {
    en: 'Its validity is over. Ask the issuer for a new one.',
    zh: '已超过有效期。请向签发方申请新的文件。',
    ko: '유효 기간이 지났습니다. 발급자에게 새 문서를 요청하십시오.',
  },
  ALREADY_USED: {
    en: 'The certificate, its original or its copy has been used by a declaration. It can be used once.',
    zh: '该证书、其正本或副本已被一份报关单使用。证书只能使用一次。',
    ko: '이 증명서나 그 원본 또는 사본이 이미 신고에 사용되었습니다. 한 번만 사용할 수 있습니다.',
  },
  DOUBLE_PREFERENCE: {
    en: 'Preference was claimed for the same goods under another agreement. One line of goods has one preference.',
    zh: '同一货物已在另一协定项下享受优惠。一项货物只能享受一次优惠。',
    ko: '같은 물품에 다른 협정의 특혜가 적용되었습니다. 한 품목에는 하나의 특혜만 적용됩니다.',
  },
  LOT_ON_HOLD: {
    en: 'An authority holds or recalls these goods. Ask the authority that holds them; its number and reason are in the lot.',
    zh: '主管机关已扣留或召回这批货物。请联系扣留机关；机关编号和原因见批次信息。',
    ko: '당국이 이 물품을 보류하거나 회수 중입니다. 해당 당국에 문의하십시오. 기관 번호와 사유는 로트 정보에 있습니다.',
  },
  OUT_OF_SCOPE: {
    en: "A test was not in the laboratory's accredited scope on the days of sampling and analysis. Leave it out, or let an accredited laboratory do it.",
    zh: '采样和分析当日，某检测项目不在实验室的认可范围内。请去除该项目，或由获认可的实验室检测。',
    ko: '채취일과 분석일에 일부 시험이 시험소의 인정 범위 밖이었습니다. 해당 항목을 빼거나 인정받은 시험소에 의뢰하십시오.',
  },
  NO_ARRANGEMENT: {
    en: 'The arrangement is not agreed, is suspended or is not in force now. Name another, or have the goods tested at the destination.',
    zh: '该互认安排不存在、已暂停或当前未生效。请选择其他安排，或在目的地检测。',
    ko: '약정이 없거나 정지되었거나 지금 유효하지 않습니다. 다른 약정을 지정하거나 목적지에서 시험하십시오.',
  },
  NOT_COVERED: {
    en: 'The arrangement is about other tests. What it does not cover is tested at the destination.',
    zh: '该互认安排不包括这些检测项目。未包括的项目须在目的地检测。',
    ko: '약정이 다루지 않는 시험이 있습니다. 그 항목은 목적지에서 시험합니다.',
  },
  REPORT_TOO_OLD: {
    en: 'The report is older than the arrangement allows. Ask the laboratory for a newer one.',
    zh: '报告日期超出该安排允许的期限。请向实验室索取新的报告。',
    ko: '성적서가 약정의 허용 기간보다 오래되었습니다. 시험소에 새 성적서를 요청하십시오.',
  },
  NOT_DESIGNATED: {
    en: 'The destination has not designated this laboratory. Ask the regulator of the destination.',
    zh: '目的地主管机关未指定该实验室。请联系目的地监管机关。',
    ko: '목적지 당국이 이 시험소를 지정하지 않았습니다. 목적지 규제 기관에 문의하십시오.',
  },
  COMPROMISED: {
    en: 'The laboratory’s work of that time has been declared untrustworthy. Have the goods tested again.',
    zh: '该实验室在该期间的工作已被宣布不可信。请重新检测。',
    ko: '그 기간의 시험소 업무가 신뢰할 수 없다고 선언되었습니다. 다시 시험하십시오.',
  },
  DOMESTIC_REPORT: {
    en: 'The report is of a laboratory of your own shore. Arrangements are about those of the other; no decision is needed here.',
    zh: '该报告出自本方实验室。互认安排只针对对方实验室，此处无需决定。',
    ko: '자국 시험소의 성적서입니다. 약정은 상대국 시험소에 관한 것이므로 결정이 필요하지 않습니다.',
  },
  ROLE_MISSING: {
    en: 'Your member does not have the role that this needs. Ask the authority of your shore.',
    zh: '贵成员没有此操作所需的角色。请联系本方主管机关。',
    ko: '이 작업에 필요한 역할이 없습니다. 자국 주관 기관에 문의하십시오.',
  },
  OTHER_SHORE: {
    en: 'This is the business of the other shore.',
    zh: '此事由对方负责办理。',
    ko: '상대국이 처리할 일입니다.',
  },
  PAUSED: {
    en: 'Both shores have paused this for now. Withdrawing, refusing and warning go on; try again later.',
    zh: '双方已暂停此项操作。撤回、拒绝和警示不受影响；请稍后再试。',
    ko: '양국이 이 작업을 일시 중지했습니다. 철회, 거부, 경보는 계속됩니다. 나중에 다시 시도하십시오.',
  },
  LINES_DIFFER: {
    en: 'The goods lines given (invoice, HS code, lot) are not those of the certificate. Compare them with its boxes 9 to 11, and name them all, in order.',
    zh: '所填货物项（发票、HS 编码、批次）与证书不符。请与证书第 9 至 11 栏核对，并按顺序填写全部项目。',
    ko: '입력한 품목(송장, HS 부호, 로트)이 증명서와 다릅니다. 증명서 9~11란과 대조하여 순서대로 모두 입력하십시오.',
  },
  ALREADY_REGISTERED: {
    en: 'This has been registered already; nothing more is needed.',
    zh: '已经登记，无需再次办理。',
    ko: '이미 등록되어 있습니다. 더 할 일이 없습니다.',
  },
  NO_CERTIFIER: {
    en: 'The member is no certifying body, or has no authorisation that could be ended.',
    zh: '该成员不是签证机构，或没有可终止的授权。',
    ko: '이 회원은 발급 기관이 아니거나 종료할 권한이 없습니다.',
  },
  NOT_LABORATORY: {
    en: 'The member is not a laboratory.',
    zh: '该成员不是实验室。',
    ko: '이 회원은 시험소가 아닙니다.',
  },
  STAGE_WRONG: {
    en: 'This does not follow from the stage at which it stands. Look at it first; an alert is closed only after its review and with no recall open.',
    zh: '与当前所处阶段不符。请先查看；警示须经复核且无未结召回方可关闭。',
    ko: '현재 단계에서 할 수 없습니다. 먼저 확인하십시오. 경보는 검토 후, 진행 중인 회수가 없을 때만 종료됩니다.',
  },
  PREDECESSOR_DIFFERS: {
    en: 'A correction or copy must have the number, agreement or date of what it follows, and a copy cannot be corrected.',
    zh: '更正件或副本须与原证书的编号、协定或日期一致；副本不能更正。',
    ko: '정정이나 사본은 원본의 번호, 협정 또는 날짜와 같아야 하며, 사본은 정정할 수 없습니다.',
  },
  AGREEMENT_UNKNOWN: {
    en: 'Both shores have agreed no terms for this agreement.',
    zh: '双方尚未就该协定议定条款。',
    ko: '양국이 이 협정의 조건을 합의하지 않았습니다.',
  },
  TERM_INVALID: {
    en: 'The time given ends before it begins, or is later than allowed.',
    zh: '所填期限的结束早于开始，或超出允许范围。',
    ko: '기간의 끝이 시작보다 빠르거나 허용 범위를 벗어났습니다.',
  },
  FIELD_INVALID: {
    en: 'A value is missing or cannot be; the name of the field is below.',
    zh: '某项缺失或无效，字段名见下。',
    ko: '값이 없거나 올바르지 않습니다. 항목 이름은 아래에 있습니다.',
  },
  DATES_INVALID: {
    en: 'The days of sampling and analysis do not follow one another, or are still to come.',
    zh: '采样日期与分析日期的先后不符，或尚未到来。',
    ko: '채취일과 분석일의 순서가 맞지 않거나 아직 오지 않은 날짜입니다.',
  },
  PERIOD_CONFLICT: {
    en: 'The period of accreditation begins before the last one ends, or is not there, or has ended.',
    zh: '认可期间与上一期间重叠，或不存在，或已结束。',
    ko: '인정 기간이 앞 기간과 겹치거나, 없거나, 이미 끝났습니다.',
  },
  KIND_DIFFERS: {
    en: 'What is filed under this name is of another kind: a party is no product.',
    zh: '该名称下已备案的类别不同：主体不是产品。',
    ko: '이 이름으로 등록된 것의 종류가 다릅니다. 당사자는 제품이 아닙니다.',
  },
  LOT_UNCHANGED: {
    en: 'Your shore holds or recalls this lot already, or does not.',
    zh: '贵方已扣留或召回该批次，或并未扣留。',
    ko: '자국이 이 로트를 이미 보류·회수하고 있거나, 하고 있지 않습니다.',
  },
  ALERT_UNKNOWN: {
    en: 'There is no such alert or recall.',
    zh: '没有该警示或召回。',
    ko: '그런 경보나 회수가 없습니다.',
  },
  COUNT_OUT_OF_RANGE: {
    en: 'Too many lots for one call, or none. Send them in parts.',
    zh: '一次提交的批次过多或为零，请分批提交。',
    ko: '한 번에 보낸 로트가 너무 많거나 없습니다. 나누어 보내십시오.',
  },
  ACCOUNT_NOT_LIVE: {
    en: 'This account may not write: withdrawn, expired, or its member is suspended. Ask the authority of your shore.',
    zh: '该账户不能写入：已撤销、已过期，或其成员已被暂停。请联系本方主管机关。',
    ko: '이 계정은 기록할 수 없습니다. 철회·만료되었거나 회원이 정지되었습니다. 자국 주관 기관에 문의하십시오.',
  },
  NOT_AUTHORITY: {
    en: 'Only the authority of the shore may do this: tidemark govern.',
    zh: '只有该方主管机关可以执行：tidemark govern。',
    ko: '해당국 주관 기관만 할 수 있습니다: tidemark govern.',
  },
};

/** Codes of rules that have a sentence. */
export const RULE_CODES: readonly string[] = Object.keys(SENTENCES);

/** The sentences for a rule's code in each language; undefined for a code that no rule has. */
export function ruleTexts(code: string): Readonly<Record<Language, string>> | undefined {
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
}

/** The language that a locale such as `ko_KR.UTF-8` names; English where it is none of ours. */
export function languageOf(locale: string | undefined): Language {
  const [tag = ''] = (locale ?? '').split(/[_.-]/);
  return LANGUAGES.find((language) => language === tag.toLowerCase()) ?? 'en';
}
