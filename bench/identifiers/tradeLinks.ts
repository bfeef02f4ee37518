/** Links as labels carry them: products, lots, items and logistic units, a few with a date or another party's parameters. Every one is valid to both sides. */
export function tradeLinks(): string[] {
  return Array.from({ length: 100 }, (_, index) => {
    const number = String(index).padStart(6, '0');
    const stem = index % 2 === 0 ? 'https://id.gs1.org' : 'https://example.com';
    const product = `${stem}/01/09521001001021`;
    const forms = [
      `${product}/10/HB${number}`,
      `${product}/21/S${number}`,
      `${product}/10/HB${number}/21/S${number}`,
      `${product}/10/HB${number}?17=271231`,
      `${stem}/00/095210010000000017`,
    ];
    return forms[index % forms.length] ?? product;
  });
}
