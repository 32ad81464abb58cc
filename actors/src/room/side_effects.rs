//! What a room tells beside its game: the live log hears who comes and how the game goes, the chat what is said at the
//! table and what its bots do. All of it waits until what it tells of is durable.

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

/// Something to be told when it is durable.
pub(super) enum SideEffect {
    /// An event that others than the players may care for.
    News(Box<News>),
    /// A bot's avatar moves.
    Gesture(Seat, Gesture),
}

/// An event, and how the room stood after it.
pub(super) struct News {
    notice: PublicNotice,
    situation: Situation,
    host_before: Option<Seat>,
    elapsed: std::time::Duration,
}

impl Room {
    /// Notes what of this others may care for; a room that is left to bots concerns nobody, but that the last person left it
    /// and how its game ended.
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
                // The game may have gone on in the same breath.
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

    /// A bot's avatar moves, where someone can see it.
    pub(super) fn gesture(&mut self, seat: Seat, gesture: Gesture) {
        // The avatar of a person for whom a bot stands in is still that person's own.
        let is_bot = self.state.roster.seats[seat].as_ref().is_some_and(vocabulary::Player::is_bot);
        if is_bot && self.is_watched_in_chat() {
            self.pending.note_side_effect(SideEffect::Gesture(seat, gesture));
        }
    }

    fn is_watched_in_chat(&self) -> bool {
        self.accounts().any(|account| self.services.connections.of_account(contracts::ContractId::Chat, account) > 0)
    }

    /// Whoever gave the game up sits here no more.
    fn accounts(&self) -> impl Iterator<Item = AccountId> {
        let seated = self.state.roster.players().filter(|(_, player)| !player.has_forfeited());
        seated.filter_map(|(_, player)| player.account)
    }

    /// Tells what is durable by now.
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

    /// A bot's avatar speaks, says something, and is at rest again.
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

    /// A seat says something: the table hears it, and the chats of those who sit there.
    pub(super) fn say(&mut self, seat: Seat, words: &str, asker: Option<Asker>) -> ChatNotice {
        let notice = self.said(seat, words);
        self.overhear(&notice, asker);
        self.to_chat(notice.clone());
        notice
    }

    /// The room's own connections hear it, whoever of them has words for it.
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

    /// The same words once more, for a client that asks again.
    pub(super) fn say_again(&mut self, listener: &Listener, notice: &ChatNotice, client_sequence: Option<u64>) {
        let stamp = Stamp::now(Some(self.id)).answering(client_sequence);
        if let Some(frame) = worded(listener.contract, notice, &stamp) {
            self.send(listener, frame);
        }
    }

    /// The room closes: those who were in it are no party any more. `last` has just left it, if anyone has.
    pub(super) fn disband(&self, last: Option<&Who>) {
        let is_party = self.has_person() || last.is_some_and(|who| !matches!(who.id, PlayerId::Bot(..)));
        if is_party && let Some(message) = report::disbanded(&self.state.roster, last) {
            self.services.live_log.publish_of(self.source.clone(), message);
        }
    }
}

/// Who has left as the last of those who these tell of.
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

/// Whether anyone beyond the table may care: a few events per round, not every play.
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
