//! Queries for accounts.

use vocabulary::{Skeleton, Timestamp};

use super::types::{self, Account};
use crate::database::{Readers, Statement, StoreError, Value};

/// The columns of `accounts` that make an [`Account`].
type Columns = (String, String, String, String, String, String, i64, i64, i64);

pub(crate) async fn by_id(readers: &Readers, id: &str) -> Result<Option<Account>, StoreError> {
    let text = "SELECT id, username, display_name, avatar_url, password_hash, role, created_at, blocked, \
                version FROM accounts WHERE id = $1";
    one(readers, Statement::new(text, vec![Value::Text(id)])).await
}

pub(crate) async fn by_username(readers: &Readers, username: &str) -> Result<Option<Account>, StoreError> {
    let text = "SELECT id, username, display_name, avatar_url, password_hash, role, created_at, blocked, \
                version FROM accounts WHERE username_key = $1";
    let key = types::key(username);
    one(readers, Statement::new(text, vec![Value::Text(&key)])).await
}

pub(crate) async fn of_login(
    readers: &Readers,
    id: &str,
    version: i64,
    family: Option<&str>,
) -> Result<Option<Account>, StoreError> {
    let text = "SELECT id, username, display_name, avatar_url, password_hash, role, created_at, blocked, \
                version FROM accounts WHERE id = $1 AND version = $2 AND blocked = 0 AND ($3 = '' OR EXISTS \
                (SELECT 1 FROM refresh_tokens WHERE family = $3 AND account = $1 AND revoked = 0))";
    let values = vec![Value::Text(id), Value::Number(version), Value::Text(family.unwrap_or_default())];
    one(readers, Statement::new(text, values)).await
}

/// The id of the account that has this name, as its username or as its display name.
pub(crate) async fn owner(readers: &Readers, name: &Skeleton) -> Result<Option<String>, StoreError> {
    let text = "SELECT account FROM account_names WHERE skeleton = $1";
    let found: Option<(String,)> = readers.first(Statement::new(text, vec![Value::Text(name.as_str())])).await?;
    Ok(found.map(|(account,)| account))
}

async fn one(readers: &Readers, statement: Statement<'_>) -> Result<Option<Account>, StoreError> {
    Ok(readers.first(statement).await?.map(account))
}

fn account(columns: Columns) -> Account {
    let (id, username, display_name, avatar_url, password_hash, role, created_at, blocked, version) = columns;
    Account {
        id,
        username,
        display_name,
        avatar_url: Some(avatar_url).filter(|url| !url.is_empty()),
        password_hash,
        role,
        created_at: Timestamp::from_millis(created_at),
        blocked: blocked != 0,
        version,
    }
}
