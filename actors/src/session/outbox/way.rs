//! How bytes reach the socket. The HTTP library writes a response's body through a buffer of its own; waking it for each
//! frame costs as much as the write. Once nothing can be left in that buffer, frames go straight to the socket.

/// The way of the next bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// Through the response's body.
    Body,
    /// The same, and a ping with this number has gone that way. Its answer proves that all before it has left the
    /// library's buffer.
    Proving {
        ping: u64,
        /// Whether something went after it.
        disturbed: bool,
    },
    /// Straight to the socket, by whoever pushes.
    Straight,
}

impl Way {
    /// Something goes through the body.
    pub(super) const fn disturb(&mut self) {
        match self {
            Self::Proving { disturbed, .. } => *disturbed = true,
            Self::Straight => *self = Self::Body,
            Self::Body => {}
        }
    }

    /// A pong came: the way that it proves to be open; none when it answers no ping of ours.
    pub(super) fn proved(self, pong: &[u8]) -> Option<Self> {
        match self {
            Self::Proving { ping, disturbed } if pong == ping.to_be_bytes() => {
                Some(if disturbed { Self::Body } else { Self::Straight })
            }
            Self::Body | Self::Proving { .. } | Self::Straight => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROVING: Way = Way::Proving { ping: 7, disturbed: false };

    #[test]
    fn the_answer_to_the_last_ping_opens_the_straight_way_and_no_other_pong_does() {
        assert_eq!(PROVING.proved(&7_u64.to_be_bytes()), Some(Way::Straight));
        assert_eq!(PROVING.proved(&6_u64.to_be_bytes()), None);
        assert_eq!(PROVING.proved(b""), None);
        assert_eq!(Way::Body.proved(&7_u64.to_be_bytes()), None);
    }

    #[test]
    fn what_goes_after_the_ping_keeps_the_straight_way_shut() {
        let mut way = PROVING;
        way.disturb();
        assert_eq!(way.proved(&7_u64.to_be_bytes()), Some(Way::Body));
    }
}
