//! What the server sends: the bodies of REST, and the `data` of each event of the WebSocket. The schemas come from these
//! types.

mod account;
mod action;
mod battle;
mod event;
mod piece;
mod replay;
mod state;

pub(super) use self::piece::ids;
pub use self::{
    account::{AuthResponse, Done, OwnUser, TokenResponse, User},
    action::{Action, Hint, PlayerAction},
    battle::{Battle, BattleStatus, Player},
    event::{
        AiAction, AiError, AiReady, AiThinking, Connect, Data, Disconnect, EventPlayer, GameAction, GameEnd, GameStart,
        GameUpdate, PlannedPause, Reconnect, SystemMaintenance, SystemNotice, SystemRestart, SystemUpdate,
    },
    piece::{Piece, ValidSet},
    replay::{Deal, Replay, ReplayAction, ReplayRound, ReplaySeat, Results, Rules},
    state::{CurrentPlay, GameState, GameStatus, HistoryEntry, PlayerState, Position, StatusEffect},
};
