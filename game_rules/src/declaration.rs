//! Declarations: how many piles a seat says it will win (the rules: Declarations).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::RuleSet;

/// A number of piles, 0 to 8 by construction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Declaration(u8);

impl Declaration {
    /// No piles.
    pub const ZERO: Self = Self(0);
    /// The highest declaration: all piles of a round.
    pub const MAX: Self = Self(8);

    /// The declaration of this number; `None` if it is above 8.
    pub const fn new(number: u8) -> Option<Self> {
        if number <= Self::MAX.0 { Some(Self(number)) } else { None }
    }

    /// The number of piles, 0 to 8.
    pub const fn value(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number is not a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a declaration is a number from 0 to 8, not {0}")]
pub struct InvalidDeclaration(u8);

impl TryFrom<u8> for Declaration {
    type Error = InvalidDeclaration;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or(InvalidDeclaration(number))
    }
}

impl From<Declaration> for u8 {
    fn from(declaration: Declaration) -> Self {
        declaration.0
    }
}

/// Why a number from 0 to 8 can't be declared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IllegalDeclaration {
    /// The fourth declaration would make the forbidden total ([`RuleSet::forbid_total`]).
    ForbiddenTotal,
    /// The seat has declared zero too often in a row ([`RuleSet::zero_streak_limit`]).
    ZeroStreak,
}

/// A set of declarations.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeclarationSet(u16);

impl DeclarationSet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);
    /// All declarations, 0 to 8.
    pub const FULL: Self = Self(0x1FF);

    /// The set without this declaration.
    #[must_use]
    pub const fn without(self, declaration: Declaration) -> Self {
        Self(self.0 & !(1 << declaration.0))
    }

    /// The set with this declaration added.
    #[must_use]
    pub const fn with(self, declaration: Declaration) -> Self {
        Self(self.0 | 1 << declaration.0)
    }

    /// Whether the declaration is in the set.
    pub const fn contains(self, declaration: Declaration) -> bool {
        self.0 & (1 << declaration.0) != 0
    }

    /// The number of declarations in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether the set has no declarations.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The smallest declaration; `None` if the set is empty.
    pub fn min(self) -> Option<Declaration> {
        self.iter().next()
    }

    /// The declarations, ascending.
    pub fn iter(self) -> impl Iterator<Item = Declaration> {
        (0..=Declaration::MAX.0).map(Declaration).filter(move |declaration| self.contains(*declaration))
    }
}

impl FromIterator<Declaration> for DeclarationSet {
    fn from_iter<I: IntoIterator<Item = Declaration>>(declarations: I) -> Self {
        declarations.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for DeclarationSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Declaration::value)).finish()
    }
}

/// What decides which numbers the next seat may declare.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DeclarationTurn {
    /// The sum of the declarations made so far in this round.
    pub total: u8,
    /// The number of seats that have declared in this round, 0 to 3.
    pub declared: u8,
    /// The number of rounds in a row, up to the previous one, in which this seat declared zero.
    pub zero_streak: u8,
}

impl DeclarationTurn {
    /// The declarations that the rules allow. There is always one, because at most two of the nine are forbidden.
    pub fn legal(self, rules: &RuleSet) -> DeclarationSet {
        let all = DeclarationSet::FULL;
        let all = if self.is_zero_barred(rules) { all.without(Declaration::ZERO) } else { all };
        self.forbidden(rules).map_or(all, |forbidden| all.without(forbidden))
    }

    /// Why this declaration is illegal; call it only for one that is.
    pub(crate) fn reason(self, declaration: Declaration, rules: &RuleSet) -> IllegalDeclaration {
        if declaration == Declaration::ZERO && self.is_zero_barred(rules) {
            IllegalDeclaration::ZeroStreak
        } else {
            IllegalDeclaration::ForbiddenTotal
        }
    }

    fn is_zero_barred(self, rules: &RuleSet) -> bool {
        rules.zero_streak_limit().is_some_and(|limit| self.zero_streak >= limit)
    }

    /// The declaration that would make the forbidden total; `None` if the seat is not the last, or no number would.
    fn forbidden(self, rules: &RuleSet) -> Option<Declaration> {
        let last = self.declared == 3;
        let total = rules.forbid_total().filter(|_| last)?;
        Declaration::new(total.checked_sub(self.total)?)
    }
}
