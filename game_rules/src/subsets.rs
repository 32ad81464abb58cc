//! Subsets of up to eight pieces, numbered by size, so that the n-th is found without listing those before it.

/// All subsets of eight places, by size and then by value: the first C(n, k) of size k use only the n lowest places, so
/// the table serves smaller hands, too.
const BY_SIZE: [u8; 256] = {
    let mut all = [0; 256];
    let (mut size, mut next) = (0, 0);
    while size <= 8 {
        let mut places = 0_usize;
        while places < 256 {
            if places.count_ones() == size {
                all[next] = places as u8;
                next += 1;
            }
            places += 1;
        }
        size += 1;
    }
    all
};

/// Pascal's triangle: the number of subsets of k of n places, for n and k up to 8.
const CHOICES: [[u8; 9]; 9] = {
    let mut choices = [[0; 9]; 9];
    let mut n = 0;
    while n < 9 {
        choices[n][0] = 1;
        let mut k = 1;
        while k <= n {
            choices[n][k] = choices[n - 1][k - 1] + choices[n - 1][k];
            k += 1;
        }
        n += 1;
    }
    choices
};

/// The index in [`BY_SIZE`] at which the subsets of each size begin.
const BEGIN: [usize; 9] = {
    let mut begin = [0; 9];
    let mut size = 1;
    while size < 9 {
        begin[size] = begin[size - 1] + CHOICES[8][size - 1] as usize;
        size += 1;
    }
    begin
};

/// The number of subsets of `count` of `size` places; 0 if either is above 8.
pub(crate) fn number(size: usize, count: usize) -> usize {
    CHOICES.get(size).and_then(|row| row.get(count)).map_or(0, |choices| usize::from(*choices))
}

/// The subset with this number among those of `count` bits of `of`, which has at most eight.
pub(crate) fn nth(of: u32, count: usize, index: usize) -> Option<u32> {
    (index < number(of.count_ones() as usize, count)).then(|| spread(BY_SIZE[BEGIN[count] + index], of))
}

/// All subsets of `count` bits of `of`, which has at most eight.
pub(crate) fn of_count(of: u32, count: usize) -> impl Iterator<Item = u32> {
    (0..number(of.count_ones() as usize, count)).map(move |index| spread(BY_SIZE[BEGIN[count] + index], of))
}

/// Maps chosen places to the bits of `of`: place n is its n-th lowest bit.
fn spread(mut places: u8, mut of: u32) -> u32 {
    let mut set = 0;
    while places != 0 {
        let lowest = of & of.wrapping_neg();
        // Without a branch, because the processor can't predict which places are chosen.
        set |= lowest & 0_u32.wrapping_sub(u32::from(places & 1));
        of ^= lowest;
        places >>= 1;
    }
    set
}
