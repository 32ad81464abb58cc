//! Contract *battles*: REST for developers of apps. Here are its bodies and its errors; nothing of HTTP.

pub mod admin;
pub mod client;
pub mod error;
pub mod server;

/// The fewest characters of a username; see [`client::is_username`].
pub const USERNAME_MIN_CHARS: usize = 3;
/// The most characters of a username.
pub const USERNAME_MAX_CHARS: usize = 32;
/// The fewest characters of a password.
pub const PASSWORD_MIN_CHARS: usize = 8;
/// The most characters of a password.
pub const PASSWORD_MAX_CHARS: usize = 128;
/// The most characters of the address of a picture.
pub const AVATAR_URL_MAX_CHARS: usize = 2_048;
