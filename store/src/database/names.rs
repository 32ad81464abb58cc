//! A migration that SQL can't do: the names of accounts of earlier versions are reserved by their looks when the store
//! is opened. Of two that look alike, the older one gets the reservation and both keep their names.

use vocabulary::Skeleton;

use crate::database::{
    connection::Connection,
    statement::{Statement, Value},
};

/// At most this many accounts are entered in one transaction.
const AT_ONCE: i64 = 1_000;
/// `names_entered` of an account whose names are all entered.
pub(crate) const ALL_ENTERED: i64 = 2;

/// Enters the names of all accounts that an earlier version created: usernames first, so that no display name takes
/// one.
pub(crate) async fn enter_all(connection: &mut Connection) -> Result<(), sqlx::Error> {
    for entered in 0..ALL_ENTERED {
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
