//! Changes of accounts and refresh tokens.

use vocabulary::{Skeleton, Timestamp};

use super::{
    names,
    types::{self, Account, AccountChange, Login, RefreshToken, Rotation},
};
use crate::database::{
    Connection, Statement, StoreError, Value,
    names::{ALL_ENTERED, enter},
};

/// Returns the number of rows: 0 if the id is taken or the username resembles a name of another account.
pub(crate) async fn create(connection: &mut Connection, account: &Account) -> Result<u64, StoreError> {
    let key = types::key(&account.username);
    let text = "INSERT INTO accounts \
                (id, username, username_key, display_name, avatar_url, password_hash, role, created_at, blocked, \
                version, names_entered) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 \
                WHERE NOT EXISTS (SELECT 1 FROM account_names WHERE skeleton = $12) ON CONFLICT DO NOTHING";
    let [name, shown] = [&account.username, &account.display_name].map(|name| Skeleton::of(name));
    let values = vec![
        Value::Text(&account.id),
        Value::Text(&account.username),
        Value::Text(&key),
        Value::Text(&account.display_name),
        Value::Text(account.avatar_url.as_deref().unwrap_or_default()),
        Value::Text(&account.password_hash),
        Value::Text(&account.role),
        Value::Time(account.created_at),
        Value::Number(account.blocked.into()),
        Value::Number(account.version),
        Value::Number(ALL_ENTERED),
        Value::Text(name.as_str()),
    ];
    if connection.execute(Statement::new(text, values)).await? == 0 {
        return Ok(0);
    }
    if enter(connection, &name, &account.id).await? == 0 {
        // Another server was faster; the error rolls the transaction back.
        return Err(StoreError::Duplicate);
    }
    enter(connection, &shown, &account.id).await?;
    Ok(1)
}

/// Writes field by field, so that two changes at once do not undo each other.
pub(crate) async fn update(connection: &mut Connection, id: &str, change: &AccountChange) -> Result<u64, StoreError> {
    if let Some(version) = change.only_of_version
        && version_of(connection, id).await? != Some(version)
    {
        return Ok(0);
    }
    if let Some(display_name) = &change.display_name
        && !names::exchange(connection, id, display_name).await?
    {
        return Err(StoreError::Duplicate);
    }
    let url = change.avatar_url.as_ref().map(|url| url.as_deref().unwrap_or_default());
    let text = |value| Some(Value::Text(value));
    // One statement per field: a field that is not changed here may be changed by another request.
    let fields = [
        ("UPDATE accounts SET display_name = $2 WHERE id = $1", change.display_name.as_deref().and_then(text)),
        ("UPDATE accounts SET avatar_url = $2 WHERE id = $1", url.and_then(text)),
        ("UPDATE accounts SET password_hash = $2 WHERE id = $1", change.password_hash.as_deref().and_then(text)),
        ("UPDATE accounts SET role = $2 WHERE id = $1", change.role.as_deref().and_then(text)),
        ("UPDATE accounts SET blocked = $2 WHERE id = $1", change.blocked.map(|blocked| Value::Number(blocked.into()))),
    ];
    let mut changed = 0;
    for (text, value) in fields {
        if let Some(value) = value {
            changed += connection.execute(Statement::new(text, vec![Value::Text(id), value])).await?;
        }
    }
    // Access tokens carry the version and refresh tokens are rows, so both must be ended.
    if change.ends_logins() {
        let texts = [
            "UPDATE accounts SET version = version + 1 WHERE id = $1",
            "UPDATE refresh_tokens SET revoked = 1 WHERE account = $1",
        ];
        for text in texts {
            connection.execute(Statement::new(text, vec![Value::Text(id)])).await?;
        }
    }
    Ok(changed)
}

/// Returns the number of rows: 0 if the account now has another version, so that a login with the old password, during
/// its change, does not outlive the change.
pub(crate) async fn keep(connection: &mut Connection, token: &RefreshToken, version: i64) -> Result<u64, StoreError> {
    let text = "INSERT INTO refresh_tokens (hash, account, family, expires_at, used, revoked) \
                SELECT $1, id, $3, $4, 0, 0 FROM accounts WHERE id = $2 AND version = $5";
    let values = vec![
        Value::Bytes(&token.hash),
        Value::Text(&token.account),
        Value::Text(&token.family),
        Value::Time(token.expires_at),
        Value::Number(version),
    ];
    Ok(connection.execute(Statement::new(text, values)).await?)
}

/// The statement that marks the token decides which attempt succeeds, even between two servers on one database.
pub(crate) async fn rotate(
    connection: &mut Connection,
    hash: &[u8; 32],
    next: &[u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Rotation, StoreError> {
    let text = "UPDATE refresh_tokens SET used = 1 \
                WHERE hash = $1 AND used = 0 AND revoked = 0 AND expires_at > $2 RETURNING account, family";
    let values = vec![Value::Bytes(hash), Value::Time(now)];
    let marked: Option<(String, String)> = connection.first(Statement::new(text, values)).await?;
    if let Some((account, family)) = marked {
        let version = version_of(connection, &account).await?.unwrap_or_default();
        let token = RefreshToken { hash: *next, account, family, expires_at };
        keep(connection, &token, version).await?;
        return Ok(Rotation::Rotated { account: token.account, version, family: token.family });
    }
    let text = "SELECT account FROM refresh_tokens WHERE hash = $1 AND used = 1";
    let used: Option<(String,)> = connection.first(Statement::new(text, vec![Value::Bytes(hash)])).await?;
    if used.is_none() {
        return Ok(Rotation::Invalid);
    }
    Ok(revoke_family_of(connection, hash).await?.map_or(Rotation::Invalid, Rotation::Reused))
}

async fn version_of(connection: &mut Connection, account: &str) -> Result<Option<i64>, StoreError> {
    let statement = Statement::new("SELECT version FROM accounts WHERE id = $1", vec![Value::Text(account)]);
    let found: Option<(i64,)> = connection.first(statement).await?;
    Ok(found.map(|(version,)| version))
}

pub(crate) async fn revoke_family_of(
    connection: &mut Connection,
    hash: &[u8; 32],
) -> Result<Option<Login>, StoreError> {
    let text = "SELECT account, family FROM refresh_tokens WHERE hash = $1";
    let found: Option<(String, String)> = connection.first(Statement::new(text, vec![Value::Bytes(hash)])).await?;
    let Some((account, family)) = found else { return Ok(None) };
    let text = "UPDATE refresh_tokens SET revoked = 1 WHERE family = $1";
    connection.execute(Statement::new(text, vec![Value::Text(&family)])).await?;
    Ok(Some(Login { account, family }))
}

/// Deletes the refresh tokens that have expired.
pub(crate) async fn purge(connection: &mut Connection, now: Timestamp) -> Result<u64, StoreError> {
    let text = "DELETE FROM refresh_tokens WHERE expires_at <= $1";
    Ok(connection.execute(Statement::new(text, vec![Value::Time(now)])).await?)
}
