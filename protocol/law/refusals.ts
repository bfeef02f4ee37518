import type { Language } from '../verdict/texts.ts';
import type { ExaminationCode } from './examine.ts';

/** Sentences for what an examination came to, in the three languages. NOT_FOUND never speaks of forgery: data may not have arrived yet. */
const SENTENCES: Readonly<Record<ExaminationCode, Readonly<Record<Language, string>>>> = {
  ACCEPTABLE: {
    en: 'The certificate stands, is unused and agrees with what was declared.',
    zh: '证书有效、未使用，且与申报内容一致。',
    ko: '증명서는 유효하고 사용되지 않았으며 신고 내용과 일치합니다.',
  },
  NORMALIZED_MATCH: {
    en: 'The certificate stands and agrees with what was declared, though not written alike (spaces, width or hyphens). Accepted with a note.',
    zh: '证书有效，内容一致，但书写形式不同（空格、全半角或连字符）。予以接受并提示。',
    ko: '증명서는 유효하고 내용이 일치하지만 표기가 다릅니다(공백, 전각·반각, 하이픈). 안내와 함께 수리합니다.',
  },
  NOT_FOUND: {
    en: 'No certificate of this number has arrived. It may still be on its way; this is no sign of forgery. A supplementary declaration with a guarantee is possible.',
    zh: '尚未收到该编号的证书。数据可能仍在传输中，这并不表示证书是伪造的。可以办理补充申报并提供担保。',
    ko: '이 번호의 증명서가 아직 도착하지 않았습니다. 전송 중일 수 있으며 위조를 뜻하지 않습니다. 담보를 제공하고 보완 신고할 수 있습니다.',
  },
  FORM_RULE: {
    en: 'The form does not follow the rule of its day: before 2022-06-12 a certificate had at most 20 items.',
    zh: '格式不符合签发当日的规定：2022-06-12 之前的证书最多 20 项。',
    ko: '서식이 발급일의 규정에 맞지 않습니다: 2022-06-12 이전의 증명서는 최대 20개 품목입니다.',
  },
  FIELD_MISMATCH: {
    en: 'What was declared differs from the certificate.',
    zh: '申报内容与证书不一致。',
    ko: '신고 내용이 증명서와 다릅니다.',
  },
  ISSUER_NOT_AUTHORISED: {
    en: 'No body that was authorised for this agreement on that day has registered this certificate.',
    zh: '该证书未由签发当日获该协定授权的机构登记。',
    ko: '발급일에 이 협정의 권한을 가진 기관이 이 증명서를 등록하지 않았습니다.',
  },
  SUPERSEDED: {
    en: 'A corrected certificate took the place of this one; declare with that.',
    zh: '该证书已被更正后的证书取代，请使用更正后的证书申报。',
    ko: '정정된 증명서가 이 증명서를 대체했습니다. 정정된 증명서로 신고하십시오.',
  },
  REVOKED: {
    en: 'The issuer has revoked this certificate.',
    zh: '签发机构已撤销该证书。',
    ko: '발급 기관이 이 증명서를 취소했습니다.',
  },
  SUSPENDED: {
    en: 'The issuer has suspended this certificate for the time being.',
    zh: '签发机构已暂停该证书的效力。',
    ko: '발급 기관이 이 증명서의 효력을 일시 정지했습니다.',
  },
  EXPIRED: {
    en: 'The certificate is no longer valid: one year from its day of issue is over.',
    zh: '证书已过期：自签发之日起一年有效期已满。',
    ko: '증명서가 만료되었습니다: 발급일부터 1년이 지났습니다.',
  },
  ALREADY_USED: {
    en: 'The certificate, or the original of this copy, has been used by a declaration. Below is when and at which office; by whom is not told.',
    zh: '该证书（或其正本）已被一份报关单使用。下列为使用时间和海关；不显示使用人。',
    ko: '이 증명서(또는 그 원본)는 이미 신고에 사용되었습니다. 아래는 사용 시각과 세관이며, 사용자는 표시하지 않습니다.',
  },
  DOUBLE_PREFERENCE: {
    en: 'Preference was claimed for the same goods under another agreement; one line of goods has one preference.',
    zh: '同一货物已在另一协定项下享受优惠；一项货物只能享受一次优惠。',
    ko: '같은 물품에 다른 협정의 특혜가 이미 적용되었습니다. 한 품목에는 하나의 특혜만 적용됩니다.',
  },
  NOT_AUTHENTIC: {
    en: 'The document fails a check of its own: see below which.',
    zh: '该文件未通过自身校验，详见下列各项。',
    ko: '문서가 자체 검증을 통과하지 못했습니다. 아래 항목을 보십시오.',
  },
  CANNOT_CHECK: {
    en: 'Not everything could be checked now; ask again, or another node.',
    zh: '目前无法完成全部检查，请稍后重试或询问其他节点。',
    ko: '지금은 모든 것을 확인할 수 없습니다. 다시 시도하거나 다른 노드에 문의하십시오.',
  },
};

/** The sentences in a language, by code. */
export function refusalTexts(language: Language): (code: ExaminationCode) => string {
  return (code) => SENTENCES[code][language];
}
