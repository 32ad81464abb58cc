//! Battles over the WebSocket at `/ws/battles/{id}`.

mod coming_back;
mod connecting;
mod life;
mod mistakes;
mod playing;
