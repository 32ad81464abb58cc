// Formats points with a real minus sign (U+2212).
export const minus = (text: string): string => text.replace('-', '−');
export const plain = (points: number): string => minus(String(points));
export const signed = (points: number): string => (points > 0 ? `+${points}` : plain(points));
