//! What a room reports beside its game: the live log receives who comes and how the game goes, the chat receives what
//! is said at the table and what its bots do. All of it waits until its cause is durable.

use actix::{Context, Handler};
use chronicle::{Narration, who};
use contracts::live_log::report::{self, RoomReport};
use game_rules::{Phase, Seat};
use vocabulary::{
    AccountId, Author, ChatEvent, ChatNotice, Gesture, Notice, PlayerId, PublicNotice, Scope, Situation, Stamp, Who,
};

use super::{
    Room, bot_chat,
    broadcast::Asker,
    messages::{Listener, Overhear, TableNotice},
};
use crate::outbox::Frame;

/// A report that is sent when its cause is durable.
pub(super) enum SideEffect {
    /// An event for the live log.
    News(Box<News>),
    /// A gesture of a bot's avatar.
    Gesture(Seat, Gesture),
}

/// An event, and the state of the room after it.
pub(super) struct News {
    notice: PublicNotice,
    situation: Situation,
    host_before: Option<Seat>,
    elapsed: std::time::Duration,
}

impl Room {
    /// Notes the events that the live log receives. A room that is left to bots concerns nobody, except that its last
    /// person left and how its game ended.
    pub(super) fn note_news(&mut self, narration: &Narration, host_before: Option<Seat>) {
        let is_played = self.is_played();
        for (stamp, notice) in narration {
            let Notice::Public(_, notice) = notice else { continue };
            let is_told = match notice {
                PublicNotice::PlayerLeft { .. } => true,
                PublicNotice::GameOver(_) => self.has_person(),
                _ => is_played,
            };
            if !is_news(notice) || !is_told {
                continue;
            }
            let situation = match notice {
                // The same change may have moved the game further.
                PublicNotice::PhaseChanged(then) => then.clone(),
                _ => self.state.situation(self.audience.connected),
            };
            let elapsed = self.state.duration(stamp.at);
            let news = News { notice: notice.clone(), situation, host_before, elapsed };
            self.pending.note_side_effect(SideEffect::News(Box::new(news)));
        }
    }

    /// Whether a person has, or had, a seat.
    fn has_person(&self) -> bool {
        self.state.roster.players().any(|(_, player)| !player.is_bot())
    }

    /// Whether a person has a seat and has not given it up.
    fn is_played(&self) -> bool {
        self.state.roster.players().any(|(_, player)| !player.is_bot() && !player.has_forfeited())
    }

    /// Notes a gesture of a bot's avatar, if somebody can see it.
    pub(super) fn gesture(&mut self, seat: Seat, gesture: Gesture) {
        // While a bot stands in for a person, the avatar is still that person's.
        let is_bot = self.state.roster.seats[seat].as_ref().is_some_and(vocabulary::Player::is_bot);
        if is_bot && self.is_watched_in_chat() {
            self.pending.note_side_effect(SideEffect::Gesture(seat, gesture));
        }
    }

    fn is_watched_in_chat(&self) -> bool {
        self.accounts().any(|account| self.services.connections.of_account(contracts::ContractId::Chat, account) > 0)
    }

    /// A player who has forfeited no longer sits here.
    fn accounts(&self) -> impl Iterator<Item = AccountId> {
        let seated = self.state.roster.players().filter(|(_, player)| !player.has_forfeited());
        seated.filter_map(|(_, player)| player.account)
    }

    /// Sends the reports whose causes are durable now.
    pub(super) fn run_side_effects(&mut self, side_effects: Vec<SideEffect>) {
        for effect in side_effects {
            match effect {
                SideEffect::Gesture(seat, gesture) => self.show(seat, gesture),
                SideEffect::News(news) => self.tell_news(&news),
            }
        }
    }

    fn tell_news(&mut self, news: &News) {
        let News { notice, situation, host_before, elapsed } = news;
        let report = RoomReport { notice, situation, elapsed: *elapsed, host_before: *host_before };
        for message in report::of_room(&report) {
            self.services.live_log.publish_of(self.source.clone(), message);
        }
        if let Some((seat, words)) = bot_chat::of(notice, situation).filter(|_| self.is_played()) {
            self.bot_says(seat, words);
        }
    }

    /// Sends a bot's chat message between two gestures of its avatar.
    fn bot_says(&mut self, seat: Seat, words: &'static str) {
        self.show(seat, Gesture::Speaking);
        let notice = self.said(seat, words);
        self.overhear(&notice, None);
        self.to_chat(notice);
        self.show(seat, Gesture::Idle);
    }

    fn show(&self, seat: Seat, gesture: Gesture) {
        if self.is_watched_in_chat() {
            let event = ChatEvent::Gesture { gesture, metadata: None };
            self.to_chat(ChatNotice::now(Scope::Room(self.id), self.author(seat), event));
        }
    }

    fn author(&self, seat: Seat) -> Author {
        let Who { id, name, .. } = who(&self.state, seat);
        Author { id, name }
    }

    fn said(&self, seat: Seat, words: &str) -> ChatNotice {
        ChatNotice::now(Scope::Room(self.id), self.author(seat), ChatEvent::Said(words.into()))
    }

    fn to_chat(&self, notice: ChatNotice) {
        let (accounts, source) = (self.accounts().collect(), self.source.clone());
        self.services.chat.do_send(TableNotice { notice, accounts, source });
    }

    /// Sends a seat's message to the table, and to the chat connections of the accounts that sit there.
    pub(super) fn say(&mut self, seat: Seat, words: &str, asker: Option<Asker>) -> ChatNotice {
        let notice = self.said(seat, words);
        self.overhear(&notice, asker);
        self.to_chat(notice.clone());
        notice
    }

    /// Sends a chat notice to the room's own connections, if their contract can encode it.
    fn overhear(&mut self, notice: &ChatNotice, asker: Option<Asker>) {
        let stamp = Stamp::now(Some(self.id));
        let mut frames = [const { None }; contracts::ContractId::COUNT];
        let members = std::mem::take(&mut self.audience.members);
        for member in &members {
            let contract = member.listener.contract;
            let answers = asker.filter(|asker| asker.connection == member.listener.connection);
            let frame = match answers {
                Some(asker) => worded(contract, notice, &stamp.answering(Some(asker.client_sequence))),
                None => frames[contract.index()].get_or_insert_with(|| worded(contract, notice, &stamp)).clone(),
            };
            if let Some(frame) = frame {
                self.send(&member.listener, frame);
            }
        }
        self.audience.members = members;
    }

    /// Sends a message again, for a client that repeats its request.
    pub(super) fn say_again(&mut self, listener: &Listener, notice: &ChatNotice, client_sequence: Option<u64>) {
        let stamp = Stamp::now(Some(self.id)).answering(client_sequence);
        if let Some(frame) = worded(listener.contract, notice, &stamp) {
            self.send(listener, frame);
        }
    }

    /// The room closes, so the party is disbanded. `last` has just left it, if anybody has.
    pub(super) fn disband(&self, last: Option<&Who>) {
        let is_party = self.has_person() || last.is_some_and(|who| !matches!(who.id, PlayerId::Bot(..)));
        if is_party && let Some(message) = report::disbanded(&self.state.roster, last) {
            self.services.live_log.publish_of(self.source.clone(), message);
        }
    }
}

/// The player whose leaving is the last one in these reports.
pub(super) fn last_to_leave(side_effects: &[SideEffect]) -> Option<Who> {
    side_effects.iter().rev().find_map(|effect| match effect {
        SideEffect::News(news) => match &news.notice {
            PublicNotice::PlayerLeft { who, .. } => Some(who.clone()),
            _ => None,
        },
        SideEffect::Gesture(..) => None,
    })
}

fn worded(contract: contracts::ContractId, notice: &ChatNotice, stamp: &Stamp) -> Option<Frame> {
    contract.chat(notice, stamp).map(|text| Frame::text(&text))
}

/// Whether the live log receives this event: a few per round, not every play.
fn is_news(notice: &PublicNotice) -> bool {
    match notice {
        PublicNotice::PlayerJoined { returned, .. } => !returned,
        PublicNotice::PlayerLeft { .. }
        | PublicNotice::GameStarted { .. }
        | PublicNotice::Bonus { .. }
        | PublicNotice::GameOver(_) => true,
        PublicNotice::PhaseChanged(situation) => {
            situation.table.as_ref().is_some_and(|table| matches!(table.phase, Phase::Scoring(_)))
        }
        PublicNotice::PlayerActed { .. }
        | PublicNotice::PlayerTimedOut { .. }
        | PublicNotice::BotActivated { .. }
        | PublicNotice::BotThinking { .. }
        | PublicNotice::BotFailed { .. }
        | PublicNotice::Presence { .. } => false,
    }
}

impl Handler<Overhear> for Room {
    type Result = ();

    fn handle(&mut self, Overhear(notice): Overhear, _: &mut Context<Self>) {
        self.overhear(&notice, None);
    }
}
