//! Reserved names, compared by their looks. Accounts of earlier versions are entered when the store is opened; of two
//! that look alike, the older one gets the reservation and both keep their names.

use vocabulary::Skeleton;

use crate::database::{
    connection::Connection,
    error::StoreError,
    statement::{Statement, Value},
};

/// At most this many accounts are entered in one transaction.
const AT_ONCE: i64 = 1_000;
/// `names_entered` of an account whose names are all entered.
pub(crate) const ALL: i64 = 2;

/// Enters the names of all accounts that an earlier version created: usernames first, so that no display name takes
/// one.
pub(crate) async fn enter_all(connection: &mut Connection) -> Result<(), sqlx::Error> {
    for entered in 0..ALL {
        let mut last = String::new();
        loop {
            // Ids sort by the time of their creation.
            let text = "SELECT id, username, display_name FROM accounts WHERE names_entered = $1 AND id > $2 \
                        ORDER BY id LIMIT $3";
            let values = vec![Value::Number(entered), Value::Text(&last), Value::Number(AT_ONCE)];
            let accounts: Vec<(String, String, String)> = connection.rows(Statement::new(text, values)).await?;
            let Some((newest, ..)) = accounts.last() else { break };
            connection.begin_write().await?;
            for (id, username, display_name) in &accounts {
                let name = if entered == 0 { username } else { display_name };
                enter(connection, &Skeleton::of(name), id).await?;
                let text = "UPDATE accounts SET names_entered = $2 WHERE id = $1";
                let values = vec![Value::Text(id), Value::Number(entered + 1)];
                connection.execute(Statement::new(text, values)).await?;
            }
            connection.run("COMMIT").await?;
            last.clone_from(newest);
        }
    }
    Ok(())
}

/// Reserves a name for an account and returns the number of rows: 0 if it is already taken.
pub(crate) async fn enter(connection: &mut Connection, name: &Skeleton, account: &str) -> Result<u64, sqlx::Error> {
    let text = "INSERT INTO account_names (skeleton, account) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let values = vec![Value::Text(name.as_str()), Value::Text(account)];
    connection.execute(Statement::new(text, values)).await
}

/// Returns whether an account may take this display name. If so, the name is reserved and the previous one is released.
pub(crate) async fn exchange(connection: &mut Connection, id: &str, display_name: &str) -> Result<bool, StoreError> {
    let text = "SELECT username, display_name FROM accounts WHERE id = $1";
    let names: Option<(String, String)> = connection.first(Statement::new(text, vec![Value::Text(id)])).await?;
    let Some((username, before)) = names else { return Ok(true) };
    let [own, before, next] = [&username, &before, display_name].map(Skeleton::of);
    // An account may keep a name it has always had, even if another account has the reservation.
    if next == before {
        return Ok(true);
    }
    let owner = owner(connection, &next).await?;
    if next != own && owner.is_some_and(|owner| owner != id) {
        return Ok(false);
    }
    let text = "DELETE FROM account_names WHERE account = $1 AND skeleton <> $2";
    connection.execute(Statement::new(text, vec![Value::Text(id), Value::Text(own.as_str())])).await?;
    if enter(connection, &next, id).await? == 0 && next != own {
        // Another server was faster; the error rolls the transaction back.
        return Err(StoreError::Duplicate);
    }
    Ok(true)
}

async fn owner(connection: &mut Connection, name: &Skeleton) -> Result<Option<String>, sqlx::Error> {
    let text = "SELECT account FROM account_names WHERE skeleton = $1";
    let found: Option<(String,)> = connection.first(Statement::new(text, vec![Value::Text(name.as_str())])).await?;
    Ok(found.map(|(account,)| account))
}
