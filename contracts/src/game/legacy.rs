//! Version 0.9.0: the fields that it names differently, and the warnings for them (contract *game*, *Versions*).

use bytestring::ByteString;
use vocabulary::Stamp;

use super::{encode, server::DeprecationWarning};

/// The deprecation warnings that a connection has received, one of each kind.
#[derive(Debug, Default)]
pub(super) struct Warned {
    play: bool,
    declare: bool,
}

impl Warned {
    /// The warning for `play` with `indices`, the first time.
    pub(super) fn play(&mut self, stamp: &Stamp) -> Option<ByteString> {
        first(&mut self.play).then(|| warning("old_play_format", "Use 'play' event with piece_ids array", stamp))
    }

    /// The warning for `declare` with `value`, the first time.
    pub(super) fn declare(&mut self, stamp: &Stamp) -> Option<ByteString> {
        first(&mut self.declare)
            .then(|| warning("old_declare_format", "Use 'declare' event with a declaration number", stamp))
    }
}

fn first(warned: &mut bool) -> bool {
    !std::mem::replace(warned, true)
}

fn warning(deprecated_feature: &str, alternative: &str, stamp: &Stamp) -> ByteString {
    let warning = DeprecationWarning {
        deprecated_feature: deprecated_feature.into(),
        removal_version: "2.0.0".into(),
        alternative: alternative.into(),
        documentation: "https://docs.liaptui.com/migration/v2".into(),
    };
    encode::message("deprecation_warning", &warning, stamp)
}
