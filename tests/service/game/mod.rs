//! Contract *game* (`003`), clause by clause.

mod bad_input;
mod chatting;
mod clock;
mod coming_back;
mod connecting;
mod lobby;
mod machine_pause;
mod names;
mod playing;
mod refusals;
mod removing;
mod repeats;
mod rooms;
mod starting;
mod synchronising;
mod versions;
