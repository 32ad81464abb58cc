// Points as they are written, with a real minus sign.
export const minus = (text: string): string => text.replace('-', '−');
export const plain = (points: number): string => minus(String(points));
export const signed = (points: number): string => (points > 0 ? `+${points}` : plain(points));
