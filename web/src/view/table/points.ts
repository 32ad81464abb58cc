// Points as they are written, with a real minus sign.
export const plain = (points: number): string => (points < 0 ? `−${-points}` : String(points));
export const signed = (points: number): string => (points > 0 ? `+${points}` : plain(points));
