//! The engine's words → messages of contract *game*. No wildcard arm: a new notice does not compile until it is worded.

use arrayvec::ArrayVec;
use bytestring::ByteString;
use game_rules::{Action, PieceSet, RedealDecision, RuleSet};
use serde::Serialize;
use vocabulary::{
    BonusKind, ConnectionId, Finale, Name, Notice, PrivateNotice, PublicNotice, Reconnection, Reply, RoomListing,
    RoomOptions, Roster, Secret, Sequence, Situation, Stamp, redeal_word,
};

use super::{
    client, server,
    server::{Envelope, Hand, PieceData, SeatData, Text},
    situation::{self, by_name, names, piece_id, position},
};
use crate::Farewell;

/// Words any event of the server.
pub(super) fn message(event: &'static str, data: &impl Serialize, stamp: &Stamp) -> ByteString {
    text(&envelope(event, data, stamp))
}

fn envelope<'a, T>(event: &'static str, data: &'a T, stamp: &'a Stamp) -> Envelope<'a, T> {
    Envelope {
        event,
        data,
        private: event == "hand_updated",
        room_id: room_id(stamp),
        server_time: stamp.at.seconds(),
        sequence_number: stamp.sequence.map(|Sequence(number)| number),
        client_sequence: stamp.client_sequence,
    }
}

/// The room on the envelope; the lobby counts as one.
pub(super) fn room_id(stamp: &Stamp) -> &str {
    stamp.room.as_ref().map_or("lobby", vocabulary::RoomId::as_str)
}

/// Serialises; the types of this contract can't fail to.
pub(super) fn text(message: &impl Serialize) -> ByteString {
    serde_json::to_string(message).unwrap_or_default().into()
}

pub(super) fn connected(connection: ConnectionId, stamp: &Stamp) -> ByteString {
    let data = server::Connected {
        connection_id: connection.to_string(),
        room_id: room_id(stamp).into(),
        player_name: None,
        reconnected: false,
    };
    message("connected", &data, stamp)
}

pub(super) fn disconnected(farewell: Farewell, stamp: &Stamp) -> ByteString {
    let was_clean = match farewell {
        Farewell::Replaced | Farewell::RoomClosed | Farewell::ServerStopping => true,
        Farewell::RoomFailed
        | Farewell::TooSlow
        | Farewell::UnknownRoom
        | Farewell::HeartbeatLost
        | Farewell::MessageTooBig => false,
    };
    let data = server::Disconnected { code: farewell.code(), reason: farewell.reason().into(), was_clean };
    message("disconnected", &data, stamp)
}

pub(super) fn public(notice: &PublicNotice, stamp: &Stamp) -> ByteString {
    match notice {
        PublicNotice::PlayerJoined { seat, name, is_bot, returned } => {
            let data = server::PlayerJoined {
                player_name: name.as_str().into(),
                position: position(*seat),
                is_bot: *is_bot,
                reconnected: *returned,
                timestamp: stamp.at.seconds(),
            };
            message("player_joined", &data, stamp)
        }
        PublicNotice::PlayerLeft { seat, name, host } => {
            let data = server::PlayerLeft {
                player_name: name.as_str().into(),
                position: position(*seat),
                host: host.as_ref().map(|host| host.as_str().into()),
                timestamp: stamp.at.seconds(),
            };
            message("player_left", &data, stamp)
        }
        PublicNotice::GameStarted { deck_commitment, situation } => {
            let data = server::GameStarted {
                deck_commitment: deck_commitment.into(),
                players: seats(&situation.roster),
                options: options(&situation.roster.options),
            };
            message("game_started", &data, stamp)
        }
        PublicNotice::PlayerActed { seat: _, name, action } => {
            let data = server::PlayerAction { player: name.as_str().into(), action: action_data(*action) };
            message("player_action", &data, stamp)
        }
        PublicNotice::PhaseChanged(situation) => phase_change(situation, stamp),
        PublicNotice::Bonus { name, kind, points } => bonus(name, *kind, *points, stamp),
        PublicNotice::PlayerTimedOut { name, automatic, timeout } => {
            let data = server::PlayerTimeout {
                player: name.as_str().into(),
                action: awaited(*automatic).into(),
                auto_action: auto_action(*automatic),
                timeout_seconds: timeout.as_secs(),
            };
            message("player_timeout", &data, stamp)
        }
        PublicNotice::BotActivated { name, reason, difficulty } => {
            let data = server::BotActivated {
                player: name.as_str().into(),
                reason: reason.as_str().into(),
                bot_difficulty: bot_difficulty(*difficulty),
            };
            message("bot_activated", &data, stamp)
        }
        PublicNotice::GameOver(finale) => game_over(finale, stamp),
    }
}

fn phase_change(situation: &Situation, stamp: &Stamp) -> ByteString {
    let data = server::PhaseChange {
        phase: situation::phase(situation).into(),
        phase_data: situation::phase_data(situation),
        game_state: situation::game_state(situation),
        deadline: situation.deadline.map(vocabulary::Timestamp::seconds),
        sequence_number: stamp.sequence.unwrap_or_default().0,
        server_time: stamp.at.seconds(),
    };
    message("phase_change", &data, stamp)
}

fn bonus(name: &Name, kind: BonusKind, points: i32, stamp: &Stamp) -> ByteString {
    let (bonus_type, words) = match kind {
        BonusKind::PerfectDeclaration => ("PERFECT_DECLARATION", "achieved perfect declaration!"),
        BonusKind::PerfectZero => ("PERFECT_ZERO", "declared zero and took none!"),
    };
    let data = server::SpecialBonus {
        player: name.as_str().into(),
        bonus_type: bonus_type.into(),
        bonus_points: points,
        message: format!("{name} {words}"),
        animation: "celebration".into(),
    };
    message("special_bonus", &data, stamp)
}

fn game_over(finale: &Finale, stamp: &Stamp) -> ByteString {
    let roster = &*finale.situation.roster;
    let statistics = &finale.statistics;
    let data = server::GameOver {
        winners: names(roster, finale.winners),
        final_scores: by_name(roster, |seat| finale.totals[seat]),
        rounds_played: finale.rounds_played,
        game_duration: finale.duration.as_secs_f64(),
        statistics: server::StatisticsData {
            total_turns: statistics.total_turns,
            perfect_declarations: statistics.perfect_declarations,
            redeals: statistics.redeals,
            timeouts: statistics.timeouts,
            bot_takeovers: statistics.bot_takeovers,
        },
        deck_seed: finale.deck_seed.as_str().into(),
    };
    message("game_over", &data, stamp)
}

pub(super) fn private(notice: &PrivateNotice, stamp: &Stamp) -> ByteString {
    match &notice.secret {
        Secret::RoomCreated { situation, token } => {
            let roster = &*situation.roster;
            let data = server::RoomCreated {
                room_id: roster.room.as_str().into(),
                room_name: roster.room_name.as_str().into(),
                creator: roster.name(notice.seat).into(),
                created_at: roster.created_at.seconds(),
                options: options(&roster.options),
                session_token: token.as_ref().map(|token| token.reveal().into()),
            };
            message("room_created", &data, stamp)
        }
        Secret::RoomJoined { situation, token } => {
            let roster = &*situation.roster;
            let data = server::RoomJoined {
                room_id: roster.room.as_str().into(),
                room_name: roster.room_name.as_str().into(),
                host: roster.host_name().into(),
                players: seats(roster),
                options: options(&roster.options),
                game_state: situation.table.is_some().then(|| situation::whole_game_state(situation)),
                session_token: token.as_ref().map(|token| token.reveal().into()),
            };
            message("room_joined", &data, stamp)
        }
        Secret::RoomLeft => message("room_left", &server::RoomLeft { room_id: room_id(stamp).into() }, stamp),
        Secret::Accepted { name, action } => accepted(name, *action, stamp),
        Secret::Hand(hand) => message("hand_updated", &Hand::new(*hand), stamp),
    }
}

fn accepted(name: &Name, action: Action, stamp: &Stamp) -> ByteString {
    let player = Text::from(name.as_str());
    match action {
        Action::Declare(number) => {
            message("declaration_accepted", &server::DeclarationAccepted { player, declaration: number.value() }, stamp)
        }
        Action::Play(play) => {
            let play_type = play.play_type().to_string();
            let data = server::PlayAccepted { player, pieces_played: ids(play.pieces()), play_type };
            message("play_accepted", &data, stamp)
        }
        Action::Redeal(decision) => {
            let data = server::RedealDecisionAccepted { player, decision: redeal_word(decision).into() };
            message("redeal_decision_accepted", &data, stamp)
        }
    }
}

pub(super) fn reply(reply: &Reply, stamp: &Stamp) -> ByteString {
    match reply {
        Reply::Rooms(listing) => message("room_list", &room_list(listing), stamp),
        Reply::Room(roster) => {
            let data = server::RoomState {
                room_id: roster.room.as_str().into(),
                room_name: roster.room_name.as_str().into(),
                host: roster.host_name().into(),
                status: roster.status.as_str().into(),
                players: seats(roster),
                options: options(&roster.options),
            };
            message("room_state", &data, stamp)
        }
        Reply::Synchronised(synchronisation) => {
            message("sync_response", &super::resume::sync_response(synchronisation), stamp)
        }
        Reply::Reconnected(reconnection) => reconnected(reconnection, stamp),
    }
}

fn reconnected(reconnection: &Reconnection, stamp: &Stamp) -> ByteString {
    let data = server::Reconnected {
        connection_id: reconnection.connection.to_string(),
        room_id: reconnection.room.as_str().into(),
        player_name: reconnection.player.as_str().into(),
        missed_events: reconnection.missed,
        truncated: reconnection.truncated,
        game_state: situation::whole_game_state(&reconnection.situation),
        hand: reconnection.hand.map(Hand::new),
        session_token: reconnection.token.reveal().into(),
        last_client_sequence: reconnection.last_client_sequence,
    };
    message("reconnected", &data, stamp)
}

fn room_list(listing: &RoomListing) -> server::RoomListData<'_> {
    let rooms = listing.rooms.iter().map(|roster| server::ListedRoom {
        room_id: roster.room.as_str().into(),
        room_name: roster.room_name.as_str().into(),
        host: roster.host_name().into(),
        status: roster.status.as_str().into(),
        players: seats(roster),
        player_count: roster.players().count(),
        created_at: roster.created_at.seconds(),
    });
    server::RoomListData { rooms: rooms.collect(), total: listing.total }
}

/// Words an event for the seat that missed it.
pub(super) fn notice(notice: &Notice, stamp: &Stamp) -> ByteString {
    match notice {
        Notice::Public(_, notice) => public(notice, stamp),
        Notice::Private(notice) => private(notice, stamp),
    }
}

fn seats(roster: &Roster) -> ArrayVec<SeatData<'_>, 4> {
    let taken = roster.players().map(|(seat, player)| SeatData {
        name: player.name.as_str().into(),
        position: position(seat),
        is_bot: player.is_bot(),
    });
    taken.collect()
}

fn options(options: &RoomOptions) -> server::OptionsData {
    server::OptionsData {
        is_public: options.public,
        fill_with_bots: options.fill_with_bots,
        bot_difficulty: bot_difficulty(options.difficulty),
        turn_timeout_seconds: options.turn_timeout_seconds,
        pace: match options.pace {
            vocabulary::Pace::Normal => client::Pace::Normal,
            vocabulary::Pace::Fast => client::Pace::Fast,
            vocabulary::Pace::Instant => client::Pace::Instant,
        },
        rules: rules(&options.rules),
    }
}

fn rules(rules: &RuleSet) -> server::RulesData {
    server::RulesData {
        target_score: i64::from(rules.target_score()),
        max_rounds: rules.max_rounds(),
        competing_types: match rules.competing_types() {
            game_rules::CompetingTypes::LeaderType => client::CompetingTypes::LeaderType,
            game_rules::CompetingTypes::AnyType => client::CompetingTypes::AnyType,
        },
        zero_streak_limit: rules.zero_streak_limit(),
        forbid_total: rules.forbid_total(),
    }
}

const fn bot_difficulty(difficulty: vocabulary::Difficulty) -> client::BotDifficulty {
    match difficulty {
        vocabulary::Difficulty::Easy => client::BotDifficulty::Easy,
        vocabulary::Difficulty::Medium => client::BotDifficulty::Medium,
        vocabulary::Difficulty::Hard => client::BotDifficulty::Hard,
        vocabulary::Difficulty::Expert => client::BotDifficulty::Expert,
    }
}

fn ids(pieces: PieceSet) -> ArrayVec<&'static str, 6> {
    pieces.iter().map(piece_id).collect()
}

fn action_data(action: Action) -> server::ActionData {
    match action {
        Action::Declare(number) => server::ActionData::Declare { declaration: number.value() },
        Action::Play(play) => server::ActionData::Play {
            piece_ids: ids(play.pieces()),
            pieces: play.pieces().iter().map(PieceData::new).collect(),
            play_type: play.play_type().to_string(),
        },
        Action::Redeal(RedealDecision::Accept) => server::ActionData::AcceptRedeal,
        Action::Redeal(RedealDecision::Decline) => server::ActionData::DeclineRedeal,
    }
}

fn auto_action(action: Action) -> server::AutoAction {
    match action {
        Action::Declare(number) => server::AutoAction::Declare { value: number.value() },
        Action::Play(play) => server::AutoAction::Play { piece_ids: ids(play.pieces()) },
        Action::Redeal(RedealDecision::Accept) => server::AutoAction::AcceptRedeal,
        Action::Redeal(RedealDecision::Decline) => server::AutoAction::DeclineRedeal,
    }
}

const fn awaited(action: Action) -> &'static str {
    match action {
        Action::Declare(_) => "declare",
        Action::Play(_) => "play",
        Action::Redeal(_) => "redeal",
    }
}
