//! Search: the best of a few choices, each tried in simulated rounds as often as the budget allows.

pub(crate) mod determinize;
pub(crate) mod endgame;
pub(crate) mod simulation;

use arrayvec::ArrayVec;

use crate::policy::Enough;

/// The most choices that are compared; further ones are left out.
const MOST: usize = 16;
/// How many deals are tried between two comparisons.
const BLOCK: usize = 8;
/// A choice is dropped when it is this many standard errors behind the leader.
const HOPELESS: f32 = 2.0;
/// The search ends after this many deals: more would not change the choice.
const MOST_DEALS: usize = 2_000;

/// How long a search goes on.
#[derive(Clone, Copy)]
pub(crate) enum Budget<'a> {
    /// This many trials, so that the answer is the same every time.
    Trials(usize),
    /// Until the caller says that it is enough.
    Until(Enough<'a>),
}

/// A choice with the values of its trials.
struct Entrant<C> {
    choice: C,
    values: Vec<f32>,
}

/// The choice with the highest mean value; `None` if the budget was spent before the choices could be compared.
/// `try_out` fills in one value per choice, all for the same deal: most of a value's variance is the deal, and it
/// cancels.
pub(crate) fn best<C: Copy>(choices: &[C], budget: Budget<'_>, mut try_out: impl FnMut(&[C], &mut [f32])) -> Option<C> {
    let mut entrants: ArrayVec<Entrant<C>, MOST> =
        choices.iter().take(MOST).map(|choice| Entrant { choice: *choice, values: Vec::new() }).collect();
    let mut trials = 0;
    let spent = |trials: usize| match budget {
        Budget::Trials(most) => trials >= most,
        Budget::Until(enough) => enough(),
    };
    'search: while entrants.len() > 1 && entrants[0].values.len() < MOST_DEALS {
        let left: ArrayVec<C, MOST> = entrants.iter().map(|entrant| entrant.choice).collect();
        for _ in 0..BLOCK {
            if spent(trials) {
                break 'search;
            }
            let mut values = [0.0; MOST];
            try_out(&left, &mut values[..left.len()]);
            entrants.iter_mut().zip(values).for_each(|(entrant, value)| entrant.values.push(value));
            trials += left.len();
        }
        drop_hopeless(&mut entrants);
    }
    if entrants.len() > 1 && entrants[0].values.len() < BLOCK {
        return None;
    }
    leader(&entrants).map(|number| entrants[number].choice)
}

/// The index of the highest sum, the first on a tie; sums compare like means, because all have the same number of
/// trials.
fn leader<C>(entrants: &[Entrant<C>]) -> Option<usize> {
    let sum = |entrant: &Entrant<C>| entrant.values.iter().sum::<f32>();
    let better = |best: (usize, f32), next: (usize, f32)| if next.1 > best.1 { next } else { best };
    entrants.iter().map(sum).enumerate().reduce(better).map(|(number, _)| number)
}

/// Drops the choices that are behind the leader by more than chance explains.
fn drop_hopeless<C>(entrants: &mut ArrayVec<Entrant<C>, MOST>) {
    let Some(leader) = leader(entrants) else { return };
    let best = entrants[leader].values.clone();
    entrants.retain(|entrant| {
        let behind = best.iter().zip(&entrant.values).map(|(best, value)| best - value);
        let count = best.len() as f32;
        let mean = behind.clone().sum::<f32>() / count;
        let squares: f32 = behind.map(|difference| (difference - mean).powi(2)).sum();
        let error = (squares / (count - 1.0).max(1.0) / count).sqrt();
        mean <= HOPELESS * error
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_noisy_choices_is_found_and_the_worse_are_tried_less() {
        let mut tried = 0;
        let best = best(&[1, 5, 3], Budget::Trials(300), |choices, values| {
            tried += 1;
            let noise = f32::from(tried % 7_u8);
            for (choice, value) in choices.iter().zip(values) {
                *value = *choice as f32 + noise * if choice % 3 == 0 { 0.5 } else { 1.0 };
            }
        });
        assert_eq!(best, Some(5));
        assert!(tried < 100, "{tried}");
    }

    #[test]
    fn a_search_that_is_stopped_before_it_can_compare_chooses_nothing() {
        assert_eq!(best(&[4, 2], Budget::Until(&|| true), |_, _| ()), None);
        assert_eq!(best(&[4], Budget::Until(&|| true), |_, _| ()), Some(4), "there is nothing to compare");
        let asked = std::cell::Cell::new(0);
        let enough = |most: usize| (asked.replace(asked.get() + 1)) >= most;
        let first = |_: &[u8], values: &mut [f32]| values[0] = 1.0;
        assert_eq!(best(&[4, 2], Budget::Until(&|| enough(BLOCK - 1)), first), None, "a deal short of a comparison");
        asked.set(0);
        assert_eq!(best(&[4, 2], Budget::Until(&|| enough(BLOCK)), first), Some(4));
    }
}
