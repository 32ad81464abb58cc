//! The operations on battles.

use super::{lists, past, play, seats};
use crate::rest::endpoint::{Endpoint, endpoints};

pub(crate) const ENDPOINTS: &[Endpoint] = endpoints![
    Queries: lists::list;
    Creation: seats::create, Maintenance, TooManyBattles, NotDurable, Busy;
    Queries: lists::one, BattleNotFound, NotSeated = "The battle is private, and you have no seat in it";
    Actions: seats::join, BattleNotFound, BattleFull, AlreadyStarted, AlreadyJoined, NameTaken,
        Removed = "The host removed you; `details.retryAfterMs` says when you may join again", NotDurable, Busy;
    Actions: seats::start, BattleNotFound, NotSeated, HostOnly, AlreadyStarted, NotEnoughPlayers, NotDurable, Busy;
    Actions: seats::leave, BattleNotFound, NotSeated,
        AlreadyStarted = "The battle has already started; `forfeit` gives it up", NotDurable, Busy;
    Actions: seats::kick, AlreadyStarted, NoPlayerThere, NotDurable, Busy;
    Actions: seats::forfeit, BattleNotFound, NotSeated, BattleNotActive, NotDurable, Busy;
    Queries: play::state, BattleNotFound, NotSeated = "The battle is private, and you have no seat in it";
    Queries: past::history, BattleNotFound, NotSeated = "The battle is private, and you have no seat in it";
    Queries: past::replay, BattleNotFound, NotSeated, BattleNotFinished;
    Queries: play::game_state, BattleNotFound, NotSeated = "The battle is private, and you have no seat in it";
    Actions: play::act, StateNotWritable, BattleNotFound, NotSeated, HostOnly, NotYourTurn, WrongPhase, InvalidPlay,
        InvalidDeclaration, AlreadyDeclared, NoRedealDecision, BattleNotActive, AlreadyStarted, NotEnoughPlayers,
        NotDurable, Busy;
    Actions: play::hint, BattleNotFound, NotSeated, NotYourTurn, WrongPhase, BattleNotActive, Busy;
];
