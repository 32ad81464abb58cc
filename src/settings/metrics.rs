//! Who may read `/metrics`.

use std::fmt;

use clap::{Args, builder::BoolishValueParser};

/// A shorter token could be guessed.
const MIN_TOKEN_BYTES: usize = 16;

/// Who may read `/metrics`, beside this machine.
#[derive(Args, Clone)]
pub struct MetricsSettings {
    /// The token that opens /metrics to other machines, 16 characters or more, sent as `Authorization: Bearer`; this machine needs none.
    #[arg(long, env = "METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// Whether everybody may read /metrics: true or false.
    #[arg(long, env = "METRICS_PUBLIC", default_value_t = false, action = clap::ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub metrics_public: bool,
}

impl MetricsSettings {
    /// Refuses a token that is easily guessed.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn check(&self) -> anyhow::Result<()> {
        match self.metrics_token.as_deref() {
            Some(token) if !token.is_empty() && token.len() < MIN_TOKEN_BYTES => {
                anyhow::bail!("METRICS_TOKEN is too short; give it {MIN_TOKEN_BYTES} random characters or more")
            }
            _ => Ok(()),
        }
    }
}

/// Without the token.
impl fmt::Debug for MetricsSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MetricsSettings").field("metrics_public", &self.metrics_public).finish_non_exhaustive()
    }
}
