//! Which characters a name may hold, by their Unicode properties: nothing that is invisible, looks like nothing, or turns
//! the text around it.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{
        CanonicalCombiningClass, DefaultIgnorableCodePoint, EmojiModifier, ExtendedPictographic, GeneralCategory,
        JoiningType,
    },
};

/// The most marks above and below one letter. Hebrew with points, Thai and Vietnamese need up to three.
pub(super) const MAX_MARKS: usize = 4;

const ZERO_WIDTH_NON_JOINER: char = '\u{200C}';
const ZERO_WIDTH_JOINER: char = '\u{200D}';
/// Asks for the coloured form of the symbol before it.
const EMOJI_PRESENTATION: char = '\u{FE0F}';
/// Makes a key of the digit before it.
const KEYCAP: char = '\u{20E3}';
/// Look like a space and are symbols or letters to Unicode: the empty Braille cell, a note without a head, blanks among
/// the hieroglyphs.
const BLANK_SYMBOLS: [char; 4] = ['\u{2800}', '\u{1D159}', '\u{13441}', '\u{13442}'];

/// Whether all characters may be in a name that is normalised to NFC.
pub(super) fn are_visible(text: &[char]) -> bool {
    (0..text.len()).all(|place| is_visible(text, place))
}

fn is_visible(text: &[char], place: usize) -> bool {
    let (sign, before, behind) = (text[place], &text[..place], &text[place + 1..]);
    match sign {
        ' ' => true,
        ZERO_WIDTH_JOINER => joins_emoji(before, behind) || follows_virama(before),
        ZERO_WIDTH_NON_JOINER => follows_virama(before) || parts_joined_letters(before, behind),
        EMOJI_PRESENTATION => follows_emoji(before) || follows_key(before) && behind.first() == Some(&KEYCAP),
        _ if BLANK_SYMBOLS.contains(&sign) || is_ignorable(sign) => false,
        _ => !matches!(
            category(sign),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::SpaceSeparator
                | GeneralCategory::PrivateUse
                | GeneralCategory::Surrogate
                | GeneralCategory::Unassigned
        ),
    }
}

/// Whether no letter carries more marks than a script needs, and the first character is not a mark without a letter.
pub(super) fn have_few_marks(text: &[char]) -> bool {
    let mut marks = 0;
    text.iter().enumerate().all(|(place, sign)| {
        marks = if is_mark(*sign) { marks + 1 } else { 0 };
        marks <= MAX_MARKS && (place > 0 || marks == 0)
    })
}

/// Marks that stand above, below or around a letter; those that take room of their own do not pile up.
fn is_mark(sign: char) -> bool {
    matches!(category(sign), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark)
        && sign != EMOJI_PRESENTATION
}

fn category(sign: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(sign)
}

fn is_ignorable(sign: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(sign)
}

fn is_pictographic(sign: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(sign)
}

fn follows_emoji(before: &[char]) -> bool {
    before.last().is_some_and(|sign| is_pictographic(*sign))
}

fn follows_key(before: &[char]) -> bool {
    before.last().is_some_and(|sign| matches!(sign, '0'..='9' | '#' | '*'))
}

/// Two pictures that become one: 👩‍🚀 (UTS #51).
fn joins_emoji(before: &[char], behind: &[char]) -> bool {
    let is_modifier =
        |sign: char| sign == EMOJI_PRESENTATION || CodePointSetData::new::<EmojiModifier>().contains(sign);
    let picture = before.iter().rev().find(|sign| !is_modifier(**sign));
    let [picture, next] = [picture, behind.first()].map(|sign| sign.is_some_and(|sign| is_pictographic(*sign)));
    picture && next
}

/// In Indic scripts both joiners say how a conjunct is written (RFC 5892, appendix A.1 and A.2).
fn follows_virama(before: &[char]) -> bool {
    let class = CodePointMapData::<CanonicalCombiningClass>::new();
    before.last().is_some_and(|sign| class.get(*sign) == CanonicalCombiningClass::Virama)
}

/// In Arabic and its kin the non-joiner parts two letters that would be joined (RFC 5892, appendix A.1).
fn parts_joined_letters(before: &[char], behind: &[char]) -> bool {
    let types = CodePointMapData::<JoiningType>::new();
    let opaque = |sign: &char| Some(types.get(*sign)).filter(|kind| *kind != JoiningType::Transparent);
    let left = before.iter().rev().find_map(opaque);
    let right = behind.iter().find_map(opaque);
    matches!(left, Some(JoiningType::LeftJoining | JoiningType::DualJoining))
        && matches!(right, Some(JoiningType::RightJoining | JoiningType::DualJoining))
}
