//! Reserved names, compared by their looks.

use vocabulary::Skeleton;

use crate::database::{Connection, Statement, StoreError, Value, names::enter};

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
