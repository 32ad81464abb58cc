//! The chat: presence, who is typing, and messages in the lobby, at a table or between two accounts.

pub(crate) mod messages;
mod present;

use std::{collections::HashMap, sync::Arc, time::Duration};

use actix::{Actor, AsyncContext, Context, Handler, SpawnHandle};
use contracts::{
    ContractId,
    live_log::report::{self, Heard},
};
use game_rules::Seat;
use vocabulary::{
    AccountId, Author, ChatEvent, ChatNotice, ChatRequest, Denial, PlayerId, Profile, RoomId, Scope, Stamp, Status,
};

use self::{
    messages::{Arrived, ChatMessage, Departed},
    present::{Person, Present},
};
use crate::{
    LiveLog, Source,
    outbox::{Frame, Outbox},
    room::{
        OpenRooms,
        messages::{Overhear, TableNotice},
    },
};

/// How long an account counts as typing after it said so (contract *chat*, `status`).
const TYPING: Duration = Duration::from_secs(5);

/// The sender whose messages share one rate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Talker {
    /// All connections of an account.
    Account(AccountId),
    /// A guest's seat, on any connection.
    Guest(RoomId, Seat),
}

/// The actor of the chat.
pub(crate) struct Chat {
    rooms: Arc<OpenRooms>,
    live_log: Arc<LiveLog>,
    present: Present,
    /// The accounts that are typing.
    typing: HashMap<AccountId, Writing>,
}

/// An account that is typing.
struct Writing {
    scope: Scope,
    /// The accounts that were informed. They must hear of the end too, even if the account that typed has left the
    /// table.
    told: Vec<AccountId>,
    /// Ends the typing if the client does not.
    timer: SpawnHandle,
}

impl Chat {
    pub(crate) fn new(rooms: Arc<OpenRooms>, live_log: Arc<LiveLog>) -> Self {
        Self { rooms, live_log, present: Present::default(), typing: HashMap::new() }
    }

    /// Sends a notice to everybody in the scope; the room's own connections receive it from the room.
    fn tell(&self, notice: &ChatNotice, accounts: &[AccountId]) {
        let Some(frame) = frame(notice) else { return };
        match notice.scope {
            Scope::Lobby => self.present.chats().for_each(|outbox| push(outbox, &frame)),
            Scope::Room(_) | Scope::Direct(_) => {
                accounts
                    .iter()
                    .flat_map(|account| self.present.chats_of(*account))
                    .for_each(|outbox| push(outbox, &frame));
            }
        }
    }

    /// The accounts that receive what this account says in the scope.
    ///
    /// # Errors
    /// [`Denial::ForeignScope`] if the account does not belong to it.
    fn audience(&self, speaker: AccountId, scope: Scope) -> Result<Vec<AccountId>, Denial> {
        match scope {
            Scope::Lobby => Ok(Vec::new()),
            // Only once, or the account would receive the message twice.
            Scope::Direct(other) if other == speaker => Ok(vec![speaker]),
            Scope::Direct(other) => Ok(vec![speaker, other]),
            Scope::Room(room) => {
                let roster = self.rooms.roster(room).ok_or(Denial::ForeignScope { scope })?;
                // A player who has forfeited is still in the roster, but no longer sits at the table.
                let seated = roster.players().filter(|(_, player)| !player.has_forfeited());
                let accounts: Vec<AccountId> = seated.filter_map(|(_, player)| player.account).collect();
                if accounts.contains(&speaker) { Ok(accounts) } else { Err(Denial::ForeignScope { scope }) }
            }
        }
    }

    /// Sends a notice to the scope, to the table's own connections and to the live log.
    fn spread(&self, notice: &ChatNotice, accounts: &[AccountId], profile: &Profile) {
        self.tell(notice, accounts);
        if let Scope::Room(room) = notice.scope
            && let Some(address) = self.rooms.address(room)
        {
            address.do_send(Overhear(notice.clone()));
        }
        self.log(notice, accounts, Some(profile), Source::Account(profile.account));
    }

    fn log(&self, notice: &ChatNotice, accounts: &[AccountId], profile: Option<&Profile>, source: Source) {
        let by_addressee = match notice.scope {
            Scope::Direct(account) => self.present.chats_of(account).next().is_some(),
            Scope::Lobby | Scope::Room(_) => false,
        };
        let heard = Heard { accounts: accounts.to_vec(), by_addressee };
        if let Some(message) = report::said(notice, profile, heard) {
            self.live_log.publish_of(source, message);
        }
    }

    /// Ends the typing of an account and informs those who saw it start.
    fn stop_typing(&mut self, profile: &Profile, ctx: &mut Context<Self>) {
        if let Some(writing) = self.typing.remove(&profile.account) {
            self.end_of(&writing, profile, ctx);
        }
    }

    fn end_of(&self, writing: &Writing, profile: &Profile, ctx: &mut Context<Self>) {
        ctx.cancel_future(writing.timer);
        self.tell_status(profile, writing.scope, &writing.told, Status::Online);
    }

    fn tell_status(&self, profile: &Profile, scope: Scope, accounts: &[AccountId], status: Status) {
        self.tell(&ChatNotice::now(scope, author(profile), ChatEvent::Status(status)), accounts);
    }

    fn start_typing(&mut self, profile: &Arc<Profile>, scope: Scope, ctx: &mut Context<Self>) -> Result<(), Denial> {
        let accounts = self.audience(profile.account, scope)?;
        let fades = Arc::clone(profile);
        let timer = ctx.run_later(TYPING, move |chat, ctx| chat.stop_typing(&fades, ctx));
        let writing = Writing { scope, told: accounts.clone(), timer };
        match self.typing.insert(profile.account, writing) {
            // It only lasts longer now, and everybody has been informed already.
            Some(earlier) if earlier.scope == scope && earlier.told == accounts => {
                ctx.cancel_future(earlier.timer);
                return Ok(());
            }
            Some(earlier) => self.end_of(&earlier, profile, ctx),
            None => {}
        }
        self.tell_status(profile, scope, &accounts, Status::Typing);
        Ok(())
    }
}

/// The account as an author.
fn author(profile: &Profile) -> Author {
    Author { id: PlayerId::Account(profile.account), name: profile.name.clone() }
}

fn frame(notice: &ChatNotice) -> Option<Frame> {
    ContractId::Chat.chat(notice, &Stamp::now(room_of(notice.scope))).map(|text| Frame::text(&text))
}

const fn room_of(scope: Scope) -> Option<RoomId> {
    match scope {
        Scope::Room(room) => Some(room),
        Scope::Lobby | Scope::Direct(_) => None,
    }
}

/// Pushes to one connection. The supervisor cuts connections whose outbox stays full.
fn push(outbox: &Outbox, frame: &Frame) {
    let _ = outbox.push(frame);
}

impl Actor for Chat {
    type Context = Context<Self>;
}

impl Handler<Arrived> for Chat {
    type Result = ();

    fn handle(&mut self, arrived: Arrived, _: &mut Self::Context) {
        let Arrived { profile, connection, chat } = arrived;
        if let Some(outbox) = &chat {
            // Before it is added, so that nobody is notified about themselves.
            self.tell_who_is_there(outbox);
        }
        let is_first = self.present.enter(&profile, connection, chat);
        if is_first {
            self.tell_status(&profile, Scope::Lobby, &[], Status::Online);
            let joined = report::joined(&profile, self.present.count());
            self.live_log.publish_of(Source::Account(profile.account), joined);
        }
    }
}

impl Chat {
    /// Sends a newcomer the accounts that are present.
    fn tell_who_is_there(&self, outbox: &Outbox) {
        let online = |person: &Person| {
            let event = ChatEvent::Status(Status::Online);
            frame(&ChatNotice::now(Scope::Lobby, author(&person.profile), event))
        };
        let frames: Vec<Frame> = self.present.some().filter_map(online).collect();
        push(outbox, &Frame::joined(&frames));
    }
}

impl Handler<Departed> for Chat {
    type Result = ();

    fn handle(&mut self, Departed { account, connection }: Departed, ctx: &mut Self::Context) {
        // Other connections keep the account present.
        let Some(profile) = self.present.leave(account, connection) else { return };
        if let Some(writing) = self.typing.remove(&account) {
            ctx.cancel_future(writing.timer);
        }
        self.tell_status(&profile, Scope::Lobby, &[], Status::Offline);
        let left = report::left(&profile, self.present.count());
        self.live_log.publish_of(Source::Account(account), left);
    }
}

impl Handler<ChatMessage> for Chat {
    type Result = Result<(), Denial>;

    fn handle(&mut self, ChatMessage { profile, request }: ChatMessage, ctx: &mut Self::Context) -> Self::Result {
        match request {
            ChatRequest::Typing { scope } => return self.start_typing(&profile, scope, ctx),
            ChatRequest::Say { scope, content } => {
                let accounts = self.audience(profile.account, scope)?;
                self.stop_typing(&profile, ctx);
                let notice = ChatNotice::now(scope, author(&profile), ChatEvent::Said(content.into()));
                self.spread(&notice, &accounts, &profile);
            }
            ChatRequest::Gesture { scope, gesture, metadata } => {
                let accounts = self.audience(profile.account, scope)?;
                let event = ChatEvent::Gesture { gesture, metadata };
                self.tell(&ChatNotice::now(scope, author(&profile), event), &accounts);
            }
        }
        Ok(())
    }
}

impl Handler<TableNotice> for Chat {
    type Result = ();

    fn handle(&mut self, TableNotice { notice, accounts, source }: TableNotice, _: &mut Self::Context) {
        let profile = notice.author.id.account().and_then(|account| self.present.profile(account));
        self.tell(&notice, &accounts);
        let source = profile.as_ref().map_or(source, |profile| Source::Account(profile.account));
        self.log(&notice, &accounts, profile.as_deref(), source);
    }
}
