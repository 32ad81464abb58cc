//! Which account a name belongs to, by what the name looks like. Accounts of earlier versions are entered when the store is
//! opened; of two that look alike the older one has the name, and both keep what they are called.

use vocabulary::Skeleton;

use crate::database::{
    connection::Connection,
    error::StoreError,
    statement::{Statement, Value},
};

/// At most this many accounts are entered in one transaction.
const AT_ONCE: i64 = 1_000;
/// `names_entered` of an account of which all names are.
pub(crate) const ALL: i64 = 2;

/// Enters the names of all accounts that an earlier version made: usernames first, so that no display name has one of them.
pub(crate) async fn enter_all(connection: &mut Connection) -> Result<(), sqlx::Error> {
    for entered in 0..ALL {
        let mut last = String::new();
        loop {
            // Ids sort by the time at which they were given.
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

/// Gives a name to an account; no row when another account has it.
pub(crate) async fn enter(connection: &mut Connection, name: &Skeleton, account: &str) -> Result<u64, sqlx::Error> {
    let text = "INSERT INTO account_names (skeleton, account) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let values = vec![Value::Text(name.as_str()), Value::Text(account)];
    connection.execute(Statement::new(text, values)).await
}

/// Whether an account may be shown by another name. If it may, that name is its own from now on, and the one before is free.
pub(crate) async fn exchange(connection: &mut Connection, id: &str, display_name: &str) -> Result<bool, StoreError> {
    let text = "SELECT username, display_name FROM accounts WHERE id = $1";
    let rows: Vec<(String, String)> = connection.rows(Statement::new(text, vec![Value::Text(id)])).await?;
    let Some((username, before)) = rows.into_iter().next() else { return Ok(true) };
    let [own, before, next] = [&username, &before, display_name].map(Skeleton::of);
    // Names that an account has always had stay its own, even if another one has the row.
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
        // Another server was faster: the error undoes the transaction.
        return Err(StoreError::Duplicate);
    }
    Ok(true)
}

async fn owner(connection: &mut Connection, name: &Skeleton) -> Result<Option<String>, sqlx::Error> {
    let text = "SELECT account FROM account_names WHERE skeleton = $1";
    let rows: Vec<(String,)> = connection.rows(Statement::new(text, vec![Value::Text(name.as_str())])).await?;
    Ok(rows.into_iter().next().map(|(account,)| account))
}
