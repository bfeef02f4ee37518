/** Characters of alphanumeric values, in the order of their values (GS1 General Specifications section 7.11, table 1). */
export const CSET82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** Characters of component and part identifiers (GS1 General Specifications section 7.11, table 2). */
export const CSET39 = '#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Characters of values in base64url (GS1 General Specifications section 7.11, table 3). */
export const CSET64 = '-0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
