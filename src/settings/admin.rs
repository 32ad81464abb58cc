//! The settings of the first operator.

use std::fmt;

use clap::Args;

/// Who is made an operator at the start.
#[derive(Args, Clone)]
pub struct AdminSettings {
    /// The username of the first admin, who is made at the start; it comes with its password.
    #[arg(long, env = "ADMIN_USERNAME")]
    pub admin_username: Option<String>,
    /// The password of the first admin; set the variable and not the flag, which every process of the machine can read.
    #[arg(long, env = "ADMIN_PASSWORD", hide_env_values = true)]
    pub admin_password: Option<String>,
}

impl AdminSettings {
    /// Username and password, when they are set.
    ///
    /// # Errors
    /// When one of them is set alone.
    pub(crate) fn credentials(&self) -> anyhow::Result<Option<(&str, &str)>> {
        let set = |value: &'_ Option<String>| value.as_deref().is_some_and(|value| !value.is_empty());
        match (&self.admin_username, &self.admin_password) {
            (Some(username), Some(password)) if !username.is_empty() && !password.is_empty() => {
                Ok(Some((username, password)))
            }
            (username, password) if set(username) || set(password) => {
                anyhow::bail!("ADMIN_USERNAME and ADMIN_PASSWORD belong together; set both or neither")
            }
            _ => Ok(None),
        }
    }
}

/// Leaves the password out.
impl fmt::Debug for AdminSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AdminSettings").field("admin_username", &self.admin_username).finish_non_exhaustive()
    }
}
