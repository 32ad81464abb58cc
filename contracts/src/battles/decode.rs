//! Text → request, for contract *battles*.

/// The events that a client may send.
pub(super) fn event_names() -> [&'static str; 3] {
    ["game:action", "game:update", "disconnect"]
}
