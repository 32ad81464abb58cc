//! The choice between the contracts at run time.

use bytestring::ByteString;
use vocabulary::{Bulletin, ChatNotice, Denial, Maintenance, Notice, PrivateNotice, PublicNotice, Reply, Stamp};

use crate::{
    Contract, ContractId, Farewell, battles::Battles, chat::Chat, game::Game, live_log::LiveLog, state::State,
};

/// Calls a function of the contract that a [`ContractId`] names.
macro_rules! speak {
    ($id:expr, $function:ident($($argument:expr),*)) => {
        match $id {
            ContractId::Game => Game::$function($($argument),*),
            ContractId::Battles => Battles::$function($($argument),*),
            ContractId::State => State::$function($($argument),*),
            ContractId::LiveLog => LiveLog::$function($($argument),*),
            ContractId::Chat => Chat::$function($($argument),*),
        }
    };
}

impl ContractId {
    /// [`Contract::public`] of this contract.
    pub fn public(self, notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, public(notice, stamp))
    }

    /// [`Contract::private`] of this contract.
    pub fn private(self, notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, private(notice, stamp))
    }

    /// Encodes any event of a room for a member who may receive it.
    pub fn notice(self, notice: &Notice, stamp: &Stamp) -> Option<ByteString> {
        match notice {
            Notice::Public(_, public) => self.public(public, stamp),
            Notice::Private(private) => self.private(private, stamp),
        }
    }

    /// [`Contract::reply`] of this contract.
    pub fn reply(self, reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, reply(reply, stamp))
    }

    /// [`Contract::deny`] of this contract.
    pub fn deny(self, denial: &Denial, stamp: &Stamp) -> ByteString {
        speak!(self, deny(denial, stamp))
    }

    /// [`Contract::code`] of this contract.
    pub fn code(self, denial: &Denial) -> &'static str {
        speak!(self, code(denial))
    }

    /// [`Contract::announce`] of this contract.
    pub fn announce(self, bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
        speak!(self, announce(bulletin, stamp))
    }

    /// [`Contract::forewarn`] of this contract.
    pub fn forewarn(self, pause: &Maintenance, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, forewarn(pause, stamp))
    }

    /// [`Contract::chat`] of this contract.
    pub fn chat(self, notice: &ChatNotice, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, chat(notice, stamp))
    }

    /// [`Contract::farewell`] of this contract.
    pub fn farewell(self, farewell: Farewell, stamp: &Stamp) -> Option<ByteString> {
        speak!(self, farewell(farewell, stamp))
    }

    /// [`Contract::close_code`] of this contract.
    pub fn close_code(self, farewell: Farewell) -> u16 {
        speak!(self, close_code(farewell))
    }
}
