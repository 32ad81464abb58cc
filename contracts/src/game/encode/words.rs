//! Seats, options and actions in several messages.

use arrayvec::ArrayVec;
use game_rules::{Action, RedealDecision, RuleSet};
use vocabulary::{RoomOptions, Roster};

use crate::game::{
    client,
    server::{self, PieceData, PieceId, PlayTypeName, SeatData},
    situation::position,
};

pub(super) fn seats(roster: &Roster) -> ArrayVec<SeatData<'_>, 4> {
    let taken = roster.players().map(|(seat, player)| SeatData {
        name: player.name.as_str().into(),
        position: position(seat),
        is_bot: player.is_bot(),
    });
    taken.collect()
}

pub(super) fn options(options: &RoomOptions) -> server::OptionsData {
    server::OptionsData {
        is_public: options.public,
        fill_with_bots: options.fill_with_bots,
        bot_difficulty: options.difficulty,
        turn_timeout_seconds: options.turn_timeout_seconds,
        pace: options.pace,
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

pub(super) fn action_data(action: Action) -> server::ActionData {
    match action {
        Action::Declare(number) => server::ActionData::Declare { declaration: number.value() },
        Action::Play(play) => server::ActionData::Play {
            piece_ids: PieceId::of(play.pieces()),
            pieces: play.pieces().iter().map(PieceData).collect(),
            play_type: PlayTypeName(play.play_type()),
        },
        Action::Redeal(RedealDecision::Accept) => server::ActionData::AcceptRedeal,
        Action::Redeal(RedealDecision::Decline) => server::ActionData::DeclineRedeal,
    }
}

pub(super) fn auto_action(action: Action) -> server::AutoAction {
    match action {
        Action::Declare(number) => server::AutoAction::Declare { value: number.value() },
        Action::Play(play) => server::AutoAction::Play { piece_ids: PieceId::of(play.pieces()) },
        Action::Redeal(RedealDecision::Accept) => server::AutoAction::AcceptRedeal,
        Action::Redeal(RedealDecision::Decline) => server::AutoAction::DeclineRedeal,
    }
}
